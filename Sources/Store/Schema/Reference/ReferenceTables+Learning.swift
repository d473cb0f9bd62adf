extension ReferenceTables {
    /// Enrollments, grades, certificates, partner schools.
    static let learning = """
        courses_blockedcountry
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            country varchar(2)
            course_id integer references courses_course(id)
            unique course_id,country
            index course_id
        courses_courseruncertificate
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            uuid uuid
            is_revoked boolean
            course_run_id integer references courses_courserun(id)
            user_id integer references users_user(id)
            certificate_page_revision_id integer null references wagtailcore_revision(id)
            issue_date timestamptz
            verifiable_credential_id uuid null references courses_verifiablecredential(uuid)
            unique uuid
            unique user_id,course_run_id
            unique verifiable_credential_id
            index course_run_id
            index user_id
            index certificate_page_revision_id
            index issue_date
        courses_courserunenrollment
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            change_status varchar(20) null
            active boolean
            edx_enrolled boolean
            run_id integer references courses_courserun(id)
            user_id integer references users_user(id)
            edx_emails_subscription boolean
            enrollment_mode varchar(20)
            edx_enrollment_retry_count integer
            unique user_id,run_id
            check courses_courserunenrollment_edx_enrollment_retry_count_check edx_enrollment_retry_count >= 0
            index run_id
            index user_id
        courses_courserunenrollmentaudit
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            data_before jsonb null
            data_after jsonb null
            acting_user_id integer null references users_user(id)
            enrollment_id integer null references courses_courserunenrollment(id)
            call_stack varchar(750) null
            index acting_user_id
            index enrollment_id
        courses_courserungrade
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            grade float8
            letter_grade varchar(10) null
            passed boolean
            set_by_admin boolean
            course_run_id integer references courses_courserun(id)
            user_id integer references users_user(id)
            unique user_id,course_run_id
            index course_run_id
            index user_id
        courses_courserungradeaudit
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            data_before jsonb null
            data_after jsonb null
            acting_user_id integer null references users_user(id)
            course_run_grade_id integer null references courses_courserungrade(id)
            call_stack varchar(750) null
            index acting_user_id
            index course_run_grade_id
        courses_learnerprogramrecordshare
            created_on timestamptz
            updated_on timestamptz
            share_uuid uuid key
            is_active boolean
            partner_school_id integer null references courses_partnerschool(id)
            program_id integer references courses_program(id)
            user_id integer references users_user(id)
            unique program_id,user_id,partner_school_id
            index partner_school_id
            index program_id
            index user_id
        courses_paidcourserun
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            course_run_id integer references courses_courserun(id)
            order_id bigint references ecommerce_order(id)
            user_id integer references users_user(id)
            unique user_id,course_run_id,order_id
            index course_run_id
            index order_id
            index user_id
        courses_paidprogram
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            order_id bigint references ecommerce_order(id)
            program_id integer references courses_program(id)
            user_id integer references users_user(id)
            unique user_id,program_id,order_id
            index order_id
            index program_id
            index user_id
        courses_partnerschool
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            name varchar(255)
            email text
            is_active boolean
        courses_partnerschoolprogram
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            email text
            alt_email text
            partner_school_id integer references courses_partnerschool(id)
            program_id integer references courses_program(id)
            unique partner_school_id,program_id,email
            index partner_school_id
            index program_id,partner_school_id
            index program_id
        courses_programcertificate
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            uuid uuid
            is_revoked boolean
            certificate_page_revision_id integer null references wagtailcore_revision(id)
            program_id integer references courses_program(id)
            user_id integer references users_user(id)
            issue_date timestamptz
            verifiable_credential_id uuid null references courses_verifiablecredential(uuid)
            unique uuid
            unique user_id,program_id
            unique verifiable_credential_id
            index certificate_page_revision_id
            index program_id
            index user_id
            index issue_date
        courses_programenrollment
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            change_status varchar(20) null
            active boolean
            program_id integer references courses_program(id)
            user_id integer references users_user(id)
            enrollment_mode varchar(20)
            unique user_id,program_id
            index program_id
            index user_id
        courses_programenrollmentaudit
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            data_before jsonb null
            data_after jsonb null
            acting_user_id integer null references users_user(id)
            enrollment_id integer null references courses_programenrollment(id)
            call_stack varchar(750) null
            index acting_user_id
            index enrollment_id
        courses_programrun
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            run_tag varchar(10)
            start_date timestamptz null
            end_date timestamptz null
            program_id integer references courses_program(id)
            unique program_id,run_tag
            index start_date
            index end_date
            index program_id
        courses_verifiablecredential
            created_on timestamptz
            updated_on timestamptz
            uuid uuid key
            credential_data jsonb
        """
}
