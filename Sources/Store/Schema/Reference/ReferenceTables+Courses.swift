extension ReferenceTables {
    /// Courses, runs, programs and their requirement trees.
    static let courses = """
        courses_course
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            title varchar(255)
            readable_id varchar(255)
            live boolean
            unique readable_id
            index readable_id pattern
            index live
        courses_course_departments
            id integer identity key
            course_id integer references courses_course(id)
            department_id integer references courses_department(id)
            unique course_id,department_id
            index course_id
            index department_id
        courses_courserun
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            title varchar(255)
            courseware_id varchar(255)
            run_tag text
            start_date timestamptz null
            end_date timestamptz null
            enrollment_start timestamptz null
            enrollment_end timestamptz null
            expiration_date timestamptz null
            live boolean
            course_id integer references courses_course(id)
            upgrade_deadline timestamptz null
            is_self_paced boolean
            certificate_available_date timestamptz null
            b2b_contract_id integer null references b2b_contractpage(page_ptr_id)
            is_source_run boolean
            has_courseware_url boolean
            is_primary_language boolean
            language varchar(8)
            variant_industry varchar(3)
            variant_length varchar(1)
            unique course_id,courseware_id,run_tag
            unique courseware_id
            unique course_id,run_tag,is_source_run,b2b_contract_id nulls-not-distinct where is_primary_language
            unique course_id,run_tag,language,is_source_run,b2b_contract_id,variant_length,variant_industry \
                nulls-not-distinct where NOT language = ''
            index courseware_id pattern
            index start_date
            index end_date
            index enrollment_start
            index enrollment_end
            index expiration_date
            index live
            index course_id
            index upgrade_deadline
            index certificate_available_date
            index b2b_contract_id
            index language
            index language pattern
            index variant_industry
            index variant_industry pattern
            index variant_length
            index variant_length pattern
        courses_courserun_enrollment_modes
            id integer identity key
            courserun_id integer references courses_courserun(id)
            enrollmentmode_id integer references courses_enrollmentmode(id)
            unique courserun_id,enrollmentmode_id
            index courserun_id
            index enrollmentmode_id
        courses_coursestopic
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            name varchar(128)
            parent_id integer null references courses_coursestopic(id)
            unique name,parent_id
            index parent_id
        courses_department
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            name varchar(128)
            slug varchar(128)
            unique name
            unique slug
            index name pattern
            index slug pattern
        courses_enrollmentmode
            id integer identity key
            mode_slug varchar(255)
            mode_display_name varchar(255)
            requires_payment boolean
            unique mode_slug
            index mode_slug pattern
        courses_program
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            title varchar(255)
            readable_id varchar(255)
            live boolean
            program_type varchar(255) null
            availability varchar(255)
            end_date timestamptz null
            enrollment_end timestamptz null
            enrollment_start timestamptz null
            start_date timestamptz null
            b2b_only boolean
            display_mode varchar(32) null
            unique readable_id
            index live,id
            index readable_id
            index readable_id pattern
            index live
            index end_date
            index start_date,end_date
            index enrollment_end
            index enrollment_start
            index start_date
        courses_program_departments
            id integer identity key
            program_id integer references courses_program(id)
            department_id integer references courses_department(id)
            unique program_id,department_id
            index program_id
            index department_id
        courses_program_enrollment_modes
            id integer identity key
            program_id integer references courses_program(id)
            enrollmentmode_id integer references courses_enrollmentmode(id)
            unique program_id,enrollmentmode_id
            index program_id
            index enrollmentmode_id
        courses_programcollection
            page_ptr_id integer key references wagtailcore_page(id)
            description text
        courses_programcollectionitem
            id integer identity key
            sort_order integer null
            collection_id integer references courses_programcollection(page_ptr_id)
            program_id integer references courses_program(id)
            unique collection_id,program_id
            index collection_id
            index program_id
        courses_programrequirement
            id integer identity key
            path varchar(255) collate-C
            depth integer
            numchild integer
            node_type varchar(12) null
            operator varchar(13) null
            operator_value varchar(100) null
            title text null
            course_id integer null references courses_course(id)
            program_id integer references courses_program(id)
            elective_flag boolean null
            required_program_id integer null references courses_program(id)
            unique path
            unique program_id,depth where depth = 1
            check courses_programrequirement_depth_check depth >= 0
            check courses_programrequirement_node_check \
                ((course_id IS NULL AND depth = 1 AND node_type = 'program_root' \
                AND operator IS NULL AND operator_value IS NULL AND required_program_id IS NULL) \
                OR (course_id IS NULL AND depth > 1 AND node_type = 'operator' \
                AND operator IS NOT NULL AND required_program_id IS NULL) \
                OR (course_id IS NOT NULL AND depth > 1 AND node_type = 'course' \
                AND operator IS NULL AND operator_value IS NULL AND required_program_id IS NULL) \
                OR (course_id IS NULL AND depth > 1 AND node_type = 'program' \
                AND operator IS NULL AND operator_value IS NULL AND required_program_id IS NOT NULL))
            check courses_programrequirement_numchild_check numchild >= 0
            index path pattern
            index program_id,node_type,depth
            index course_id
            index course_id,program_id
            index program_id,course_id
            index program_id
            index program_id,required_program_id
            index required_program_id,program_id
            index required_program_id
        courses_relatedprogram
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            first_program_id integer references courses_program(id)
            second_program_id integer references courses_program(id)
            index first_program_id
            index second_program_id
        """
}
