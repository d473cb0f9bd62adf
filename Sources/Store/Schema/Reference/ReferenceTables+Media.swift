extension ReferenceTables {
    /// Images, documents, embeds and the other parts of the CMS.
    static let media = """
        taggit_tag
            id integer identity key
            name varchar(100)
            slug varchar(100)
            unique name
            unique slug
            index name pattern
            index slug pattern
        taggit_taggeditem
            id integer identity key
            object_id integer
            content_type_id integer references django_content_type(id)
            tag_id integer references taggit_tag(id)
            unique content_type_id,object_id,tag_id
            index content_type_id,object_id
            index object_id
            index content_type_id
            index tag_id
        wagtailadmin_admin
            id integer identity key
        wagtailadmin_editingsession
            id integer identity key
            object_id varchar(255)
            last_seen_at timestamptz
            content_type_id integer references django_content_type(id)
            user_id integer references users_user(id)
            is_editing boolean
            index content_type_id,object_id
            index content_type_id
            index user_id
        wagtaildocs_document
            id integer identity key
            title varchar(255)
            file varchar(100)
            created_at timestamptz
            uploaded_by_user_id integer null references users_user(id)
            collection_id integer references wagtailcore_collection(id)
            file_size bigint null
            file_hash varchar(40)
            check wagtaildocs_document_file_size_check file_size >= 0
            index uploaded_by_user_id
            index collection_id
        wagtailembeds_embed
            id integer identity key
            url text
            max_width smallint null
            type varchar(10)
            html text
            title text
            author_name text
            provider_name text
            thumbnail_url text
            width integer null
            height integer null
            last_updated timestamptz
            hash varchar(32)
            cache_until timestamptz null
            unique hash
            index hash pattern
            index cache_until
        wagtailforms_formsubmission
            id integer identity key
            form_data jsonb
            submit_time timestamptz
            page_id integer references wagtailcore_page(id)
            index page_id
        wagtailimages_image
            id integer identity key
            title varchar(255)
            file varchar(100)
            width integer
            height integer
            created_at timestamptz
            focal_point_x integer null
            focal_point_y integer null
            focal_point_width integer null
            focal_point_height integer null
            uploaded_by_user_id integer null references users_user(id)
            file_size integer null
            collection_id integer references wagtailcore_collection(id)
            file_hash varchar(40)
            description varchar(255)
            check wagtailimages_image_focal_point_x_check focal_point_x >= 0
            check wagtailimages_image_focal_point_y_check focal_point_y >= 0
            check wagtailimages_image_focal_point_width_check focal_point_width >= 0
            check wagtailimages_image_focal_point_height_check focal_point_height >= 0
            check wagtailimages_image_file_size_check file_size >= 0
            index created_at
            index uploaded_by_user_id
            index collection_id
            index file_hash
            index file_hash pattern
        wagtailimages_rendition
            id integer identity key
            file varchar(100)
            width integer
            height integer
            focal_point_key varchar(16)
            filter_spec varchar(255)
            image_id integer references wagtailimages_image(id)
            unique image_id,filter_spec,focal_point_key
            index filter_spec
            index filter_spec pattern
            index image_id
        wagtailredirects_redirect
            id integer identity key
            old_path varchar(255)
            is_permanent boolean
            redirect_link varchar(255)
            redirect_page_id integer null references wagtailcore_page(id)
            site_id integer null references wagtailcore_site(id)
            automatically_created boolean
            created_at timestamptz null
            redirect_page_route_path varchar(255)
            unique old_path,site_id
            index old_path
            index old_path pattern
            index redirect_page_id
            index site_id
        wagtailsearch_indexentry
            id integer identity key
            object_id varchar(50)
            title_norm float8
            content_type_id integer references django_content_type(id)
            autocomplete tsvector
            title tsvector
            body tsvector
            unique content_type_id,object_id
            index content_type_id
            index autocomplete gin
            index title gin
            index body gin
        wagtailusers_userprofile
            id integer identity key
            submitted_notifications boolean
            approved_notifications boolean
            rejected_notifications boolean
            user_id integer references users_user(id)
            preferred_language varchar(10)
            current_time_zone varchar(40)
            avatar varchar(100)
            updated_comments_notifications boolean
            dismissibles jsonb
            theme varchar(40)
            density varchar(40)
            contrast varchar(40)
            keyboard_shortcuts boolean
            unique user_id
        """
}
