extension ReferenceTables {
    /// Bookkeeping of outside services and of the web framework.
    static let services = """
        django_admin_log
            id integer identity key
            action_time timestamptz
            object_id text null
            object_repr varchar(200)
            action_flag smallint
            change_message text
            content_type_id integer null references django_content_type(id)
            user_id integer references users_user(id)
            check django_admin_log_action_flag_check action_flag >= 0
            index content_type_id
            index user_id
        django_content_type
            id integer identity key
            app_label varchar(100)
            model varchar(100)
            unique app_label,model
        django_migrations
            id integer identity key
            app varchar(255)
            name varchar(255)
            applied timestamptz
        django_session
            session_key varchar(40) key
            session_data text
            expire_date timestamptz
            index session_key pattern
            index expire_date
        django_site
            id integer identity key
            domain varchar(100)
            name varchar(50)
            unique domain
            index domain pattern
        durable_cache
            cache_key varchar(255) key
            value text
            expires timestamptz
            index expires
        google_sheets_deferrals_deferralrequest
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            form_response_id integer
            date_completed timestamptz null
            raw_data varchar(300) null
            unique form_response_id
        google_sheets_filewatchrenewalattempt
            id bigint identity key
            sheet_type varchar(30)
            sheet_file_id varchar(100)
            date_attempted timestamptz
            result varchar(300) null
            result_status_code smallint null
            check google_sheets_filewatchrenewalattempt_result_status_code_check result_status_code >= 0
            index sheet_type
            index sheet_type pattern
            index sheet_file_id
            index sheet_file_id pattern
        google_sheets_googleapiauth
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            access_token varchar(2048)
            refresh_token varchar(512) null
            requesting_user_id integer null references users_user(id)
            unique requesting_user_id
        google_sheets_googlefilewatch
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            file_id varchar(100)
            channel_id varchar(100)
            version integer null
            activation_date timestamptz
            expiration_date timestamptz
            last_request_received timestamptz null
            unique file_id,version
            index file_id
            index file_id pattern
            index channel_id
            index channel_id pattern
            index version
        google_sheets_refunds_refundrequest
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            form_response_id integer
            date_completed timestamptz null
            raw_data varchar(300) null
            unique form_response_id
        hubspot_api_hubspotobject
            id integer identity key
            hubspot_id varchar(255)
            object_id integer
            content_type_id integer references django_content_type(id)
            unique hubspot_id,content_type_id
            unique object_id,content_type_id
            check hubspot_api_hubspotobject_object_id_check object_id >= 0
            index content_type_id,object_id
            index content_type_id
        micromasters_import_coursecertificaterevisionid
            id bigint identity key
            certificate_page_revision_id integer null references wagtailcore_revision(id)
            course_id integer references courses_course(id)
            unique course_id
            index certificate_page_revision_id
        micromasters_import_courseid
            id bigint identity key
            micromasters_id integer
            course_id integer references courses_course(id)
            unique micromasters_id
            unique course_id
        micromasters_import_programid
            id bigint identity key
            micromasters_id integer
            program_id integer references courses_program(id)
            program_certificate_revision_id integer null references wagtailcore_revision(id)
            unique micromasters_id
            unique program_id
            index program_certificate_revision_id
        micromasters_import_programtierid
            id bigint identity key
            micromasters_tier_program_id integer
            flexible_price_tier_id bigint references flexiblepricing_flexiblepricetier(id)
            unique micromasters_tier_program_id
            unique flexible_price_tier_id
        reversion_revision
            id integer identity key
            date_created timestamptz
            comment text
            user_id integer null references users_user(id)
            index date_created
            index user_id
        reversion_version
            id integer identity key
            object_id varchar(191)
            format varchar(255)
            serialized_data text
            object_repr text
            content_type_id integer references django_content_type(id)
            revision_id integer references reversion_revision(id)
            db varchar(191)
            unique db,content_type_id,object_id,revision_id
            index content_type_id
            index content_type_id,db
            index revision_id
        """
}
