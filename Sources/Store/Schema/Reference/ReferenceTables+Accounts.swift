extension ReferenceTables {
    /// Users, groups, OAuth clients, Open edX accounts, organisations and their contracts.
    static let accounts = """
        auth_group
            id integer identity key
            name varchar(150)
            unique name
            index name pattern
        auth_group_permissions
            id integer identity key
            group_id integer references auth_group(id)
            permission_id integer references auth_permission(id)
            unique group_id,permission_id
            index group_id
            index permission_id
        auth_permission
            id integer identity key
            name varchar(255)
            content_type_id integer references django_content_type(id)
            codename varchar(100)
            unique content_type_id,codename
            index content_type_id
        b2b_contractpage
            page_ptr_id integer key references wagtailcore_page(id)
            name varchar(255)
            description text
            contract_start date null
            contract_end date null
            active boolean
            organization_id integer references b2b_organizationpage(page_ptr_id)
            enrollment_fixed_price numeric(10,2) null
            max_learners integer null
            membership_type varchar(255)
            welcome_message varchar(255)
            welcome_message_extra text
            google_sheet_target varchar(1024) null
            google_sheet_target_tab varchar(100)
            check b2b_contractpage_max_learners_check max_learners >= 0
            index organization_id
        b2b_contractprogramitem
            id bigint identity key
            sort_order integer null
            contract_id integer references b2b_contractpage(page_ptr_id)
            program_id integer references courses_program(id)
            unique contract_id,program_id
            index contract_id
            index program_id
        b2b_discountcontractattachmentredemption
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            contract_id integer references b2b_contractpage(page_ptr_id)
            discount_id bigint references ecommerce_discount(id)
            user_id integer null references users_user(id)
            assigned_by_id integer null references users_user(id)
            assigned_email varchar(254)
            assigned_name varchar(255)
            last_reminder_sent_on timestamptz null
            redeemed_on timestamptz null
            email_message_id varchar(255)
            email_status varchar(255)
            email_status_event_timestamp timestamptz null
            index contract_id
            index discount_id
            index user_id
            index assigned_by_id
        b2b_organizationindexpage
            page_ptr_id integer key references wagtailcore_page(id)
        b2b_organizationpage
            page_ptr_id integer key references wagtailcore_page(id)
            name varchar(255)
            description text
            logo varchar(100)
            org_key varchar(30)
            sso_organization_id uuid null
            org_key_prefix varchar(30)
            unique org_key
            unique sso_organization_id
            index org_key pattern
        b2b_userorganization
            id bigint identity key
            keep_until_seen boolean
            organization_id integer references b2b_organizationpage(page_ptr_id)
            user_id integer references users_user(id)
            is_manager boolean null
            unique user_id,organization_id
            index organization_id
            index user_id
        oauth2_provider_accesstoken
            id bigint identity key
            token text
            expires timestamptz
            scope text
            application_id bigint null references oauth2_provider_application(id)
            user_id integer null references users_user(id)
            created timestamptz
            updated timestamptz
            source_refresh_token_id bigint null references oauth2_provider_refreshtoken(id)
            id_token_id bigint null references oauth2_provider_idtoken(id)
            token_checksum varchar(64)
            unique source_refresh_token_id
            unique id_token_id
            unique token_checksum
            index application_id
            index user_id
            index token_checksum pattern
        oauth2_provider_application
            id bigint identity key
            client_id varchar(100)
            redirect_uris text
            client_type varchar(32)
            authorization_grant_type varchar(32)
            client_secret varchar(255)
            name varchar(255)
            user_id integer null references users_user(id)
            skip_authorization boolean
            created timestamptz
            updated timestamptz
            algorithm varchar(5)
            post_logout_redirect_uris text
            hash_client_secret boolean
            allowed_origins text
            unique client_id
            index client_id pattern
            index client_secret
            index client_secret pattern
            index user_id
        oauth2_provider_grant
            id bigint identity key
            code varchar(255)
            expires timestamptz
            redirect_uri text
            scope text
            application_id bigint references oauth2_provider_application(id)
            user_id integer references users_user(id)
            created timestamptz
            updated timestamptz
            code_challenge varchar(128)
            code_challenge_method varchar(10)
            nonce varchar(255)
            claims text
            unique code
            index code pattern
            index application_id
            index user_id
        oauth2_provider_idtoken
            id bigint identity key
            jti uuid
            expires timestamptz
            scope text
            created timestamptz
            updated timestamptz
            application_id bigint null references oauth2_provider_application(id)
            user_id integer null references users_user(id)
            unique jti
            index application_id
            index user_id
        oauth2_provider_refreshtoken
            id bigint identity key
            token varchar(255)
            access_token_id bigint null references oauth2_provider_accesstoken(id)
            application_id bigint references oauth2_provider_application(id)
            user_id integer references users_user(id)
            created timestamptz
            updated timestamptz
            revoked timestamptz null
            token_family uuid null
            unique token,revoked
            unique access_token_id
            index application_id
            index user_id
        openedx_openedxapiauth
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            refresh_token varchar(128)
            access_token varchar(128) null
            access_token_expires_on timestamptz null
            user_id integer references users_user(id)
            unique user_id
            index user_id,access_token_expires_on
        openedx_openedxuser
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            platform varchar(20)
            has_been_synced boolean
            user_id integer references users_user(id)
            edx_username varchar(30) null
            desired_edx_username varchar(30) null
            has_sync_error boolean
            sync_error_data jsonb null
            unique user_id,platform
            unique edx_username
            index has_been_synced,has_sync_error
            index user_id
            index edx_username pattern
        rest_framework_api_key_apikey
            id varchar(150) key
            created timestamptz
            name varchar(50)
            revoked boolean
            expiry_date timestamptz null
            hashed_key varchar(150)
            prefix varchar(8)
            unique prefix
            index id pattern
            index created
            index prefix pattern
        users_blocklist
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            hashed_email varchar(128)
        users_changeemailrequest
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            new_email varchar(254)
            code varchar(32)
            confirmed boolean
            expires_on timestamptz
            user_id integer references users_user(id)
            unique code
            index code pattern
            index expires_on,confirmed,code
            index user_id
        users_legaladdress
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            country varchar(2)
            user_id integer references users_user(id)
            state varchar(255) null
            postal_code varchar(20)
            street_address_1 varchar(255)
            street_address_2 varchar(255)
            city varchar(255)
            first_name varchar(60)
            last_name varchar(60)
            unique user_id
        users_user
            id integer identity key
            password varchar(128)
            last_login timestamptz null
            is_superuser boolean
            created_on timestamptz
            updated_on timestamptz
            username varchar(500)
            email varchar(254)
            name varchar(255)
            is_staff boolean
            is_active boolean
            hubspot_sync_datetime timestamptz null
            global_id varchar(36) null
            scim_external_id varchar(254) null
            scim_id varchar(254) null
            scim_username varchar(254) null
            is_etl boolean
            unique username
            unique global_id
            unique scim_id
            index username pattern
            index global_id pattern
            index scim_external_id
            index scim_external_id pattern
            index scim_id pattern
            index scim_username
            index scim_username pattern
        users_user_b2b_contracts
            id integer identity key
            user_id integer references users_user(id)
            contractpage_id integer references b2b_contractpage(page_ptr_id)
            unique user_id,contractpage_id
            index user_id
            index contractpage_id
        users_user_groups
            id integer identity key
            user_id integer references users_user(id)
            group_id integer references auth_group(id)
            unique user_id,group_id
            index user_id
            index group_id
        users_user_user_permissions
            id integer identity key
            user_id integer references users_user(id)
            permission_id integer references auth_permission(id)
            unique user_id,permission_id
            index user_id
            index permission_id
        users_userprofile
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            gender varchar(128) null
            year_of_birth integer null
            user_id integer references users_user(id)
            addl_field_flag boolean
            company varchar(128) null
            company_size integer null
            highest_education varchar(60) null
            industry varchar(60) null
            job_function varchar(60) null
            job_title varchar(128) null
            leadership_level varchar(60) null
            type_is_educator boolean null
            type_is_other boolean null
            type_is_professional boolean null
            type_is_student boolean null
            years_experience integer null
            completed_onboarding boolean
            unique user_id
        """
}
