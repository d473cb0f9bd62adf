extension ReferenceTables {
    /// Pages of the CMS, variants, robots.txt.
    static let pages = """
        cms_certificateindexpage
            page_ptr_id integer key references wagtailcore_page(id)
        cms_certificatepage
            page_ptr_id integer key references wagtailcore_page(id)
            product_name varchar(250)
            CEUs varchar(250) null
            signatories jsonb
            overrides jsonb
            should_provision_verifiable_credential boolean
            verifiable_credential_criteria text null
        cms_courseindexpage
            page_ptr_id integer key references wagtailcore_page(id)
        cms_coursepage
            page_ptr_id integer key references wagtailcore_page(id)
            description text
            course_id integer null references courses_course(id)
            feature_image_id integer null references wagtailimages_image(id)
            about text null
            effort varchar(100) null
            length varchar(50)
            prerequisites text null
            price jsonb
            what_you_learn text null
            faculty_section_title varchar(255) null
            video_url varchar(200) null
            faq_url varchar(200) null
            search_image_id integer null references wagtailimages_image(id)
            max_weekly_hours varchar(5)
            min_weekly_hours varchar(5)
            max_weeks smallint null
            min_weeks smallint null
            max_price numeric(10,2)
            min_price numeric(10,2)
            include_in_learn_catalog boolean null
            ingest_content_files_for_ai boolean null
            hyl_choice_ai_enabled_support boolean null
            hyl_choice_learn_by_doing boolean null
            hyl_choice_learn_from_others boolean null
            hyl_choice_learn_on_demand boolean null
            hyl_choice_realworld_learning boolean null
            hyl_choice_stackable_credentials boolean null
            show_stay_updated boolean null
            unique course_id
            index feature_image_id
            index search_image_id
        cms_coursepage_topics
            id integer identity key
            coursepage_id integer references cms_coursepage(page_ptr_id)
            coursestopic_id integer references courses_coursestopic(id)
            unique coursepage_id,coursestopic_id
            index coursepage_id
            index coursestopic_id
        cms_flexiblepricingrequestform
            page_ptr_id integer key references wagtailcore_page(id)
            intro text
            guest_text text null
            application_processing_text text null
            application_approved_text text null
            application_denied_text text null
            selected_course_id integer null references courses_course(id)
            selected_program_id integer null references courses_program(id)
            application_approved_no_discount_text text null
            index selected_course_id
            index selected_program_id
        cms_formfield
            id integer identity key
            sort_order integer null
            clean_name varchar(255)
            label varchar(255)
            field_type varchar(20)
            required boolean
            choices text
            default_value text
            help_text varchar(255)
            page_id integer references cms_flexiblepricingrequestform(page_ptr_id)
            index page_id
        cms_homepage
            page_ptr_id integer key references wagtailcore_page(id)
            hero_id integer null references wagtailimages_image(id)
            hero_subtitle varchar(255) null
            hero_title varchar(255) null
            product_section_title varchar(255) null
            video_component_description text null
            video_component_title varchar(255) null
            video_url varchar(200) null
            index hero_id
        cms_homeproductlink
            id integer identity key
            course_product_page_id integer null references wagtailcore_page(id)
            page_id integer references cms_homepage(page_ptr_id)
            index course_product_page_id
            index page_id
        cms_innerresourcepage
            resourcepage_ptr_id integer key references cms_resourcepage(page_ptr_id)
        cms_instructorindexpage
            page_ptr_id integer key references wagtailcore_page(id)
        cms_instructorpage
            page_ptr_id integer key references wagtailcore_page(id)
            instructor_name varchar(255)
            instructor_title varchar(255) null
            instructor_bio_short text null
            instructor_bio_long text null
            feature_image_id integer null references wagtailimages_image(id)
            index feature_image_id
        cms_instructorpagelink
            id integer identity key
            order smallint null
            linked_instructor_page_id integer null references cms_instructorpage(page_ptr_id)
            page_id integer references wagtailcore_page(id)
            index linked_instructor_page_id
            index page_id
        cms_programcollectionindexpage
            page_ptr_id integer key references wagtailcore_page(id)
        cms_programindexpage
            page_ptr_id integer key references wagtailcore_page(id)
        cms_programpage
            page_ptr_id integer key references wagtailcore_page(id)
            description text null
            length varchar(50)
            effort varchar(100) null
            price jsonb
            prerequisites text null
            about text null
            video_url varchar(200) null
            what_you_learn text null
            faculty_section_title varchar(255) null
            feature_image_id integer null references wagtailimages_image(id)
            program_id integer null references courses_program(id)
            faq_url varchar(200) null
            search_image_id integer null references wagtailimages_image(id)
            max_weekly_hours varchar(5)
            min_weekly_hours varchar(5)
            max_weeks smallint null
            min_weeks smallint null
            max_price numeric(10,2)
            min_price numeric(10,2)
            include_in_learn_catalog boolean null
            hyl_choice_ai_enabled_support boolean null
            hyl_choice_learn_by_doing boolean null
            hyl_choice_learn_from_others boolean null
            hyl_choice_learn_on_demand boolean null
            hyl_choice_realworld_learning boolean null
            hyl_choice_stackable_credentials boolean null
            list_price numeric(10,2) null
            show_stay_updated boolean null
            unique program_id
            index feature_image_id
            index search_image_id
        cms_resourcepage
            page_ptr_id integer key references wagtailcore_page(id)
            content jsonb
            header_image_id integer null references wagtailimages_image(id)
            index header_image_id
        cms_signatoryindexpage
            page_ptr_id integer key references wagtailcore_page(id)
        cms_signatorypage
            page_ptr_id integer key references wagtailcore_page(id)
            name varchar(250)
            title_1 varchar(250) null
            title_2 varchar(250) null
            organization varchar(250) null
            signature_image_id integer references wagtailimages_image(id)
            title_3 varchar(250) null
            index signature_image_id
        cms_sitebanner
            id integer identity key
            message text
        robots_rule
            id bigint identity key
            robot varchar(255)
            crawl_delay numeric(3,1) null
        robots_rule_allowed
            id integer identity key
            rule_id bigint references robots_rule(id)
            url_id bigint references robots_url(id)
            unique rule_id,url_id
            index rule_id
            index url_id
        robots_rule_disallowed
            id integer identity key
            rule_id bigint references robots_rule(id)
            url_id bigint references robots_url(id)
            unique rule_id,url_id
            index rule_id
            index url_id
        robots_rule_sites
            id integer identity key
            rule_id bigint references robots_rule(id)
            site_id integer references django_site(id)
            unique rule_id,site_id
            index rule_id
            index site_id
        robots_url
            id bigint identity key
            pattern varchar(255)
        variants_supportedvariant
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            language varchar(8)
            variant_length varchar(1)
            variant_industry varchar(3)
            object_id integer
            active boolean
            b2b_only boolean
            default_variant boolean
            content_type_id integer references django_content_type(id)
            unique object_id,content_type_id where default_variant
            check variants_supportedvariant_object_id_check object_id >= 0
            check check_default_not_b2b ((NOT default_variant) OR (default_variant AND (NOT b2b_only)))
            index language
            index language pattern
            index variant_length
            index variant_length pattern
            index variant_industry
            index variant_industry pattern
            index content_type_id
        """
}
