extension ReferenceTables {
    /// The core of the CMS: pages, revisions, workflows, sites.
    static let wagtail = """
        wagtailcore_collection
            id integer identity key
            path varchar(255) collate-C
            depth integer
            numchild integer
            name varchar(255)
            unique path
            check wagtailcore_collection_depth_check depth >= 0
            check wagtailcore_collection_numchild_check numchild >= 0
            index path pattern
        wagtailcore_collectionviewrestriction
            id integer identity key
            restriction_type varchar(20)
            password varchar(255)
            collection_id integer references wagtailcore_collection(id)
            index collection_id
        wagtailcore_collectionviewrestriction_groups
            id integer identity key
            collectionviewrestriction_id integer references wagtailcore_collectionviewrestriction(id)
            group_id integer references auth_group(id)
            unique collectionviewrestriction_id,group_id
            index collectionviewrestriction_id
            index group_id
        wagtailcore_comment
            id integer identity key
            text text
            contentpath text
            position text
            created_at timestamptz
            updated_at timestamptz
            resolved_at timestamptz null
            page_id integer references wagtailcore_page(id)
            resolved_by_id integer null references users_user(id)
            revision_created_id integer null references wagtailcore_revision(id)
            user_id integer references users_user(id)
            index page_id
            index resolved_by_id
            index revision_created_id
            index user_id
        wagtailcore_commentreply
            id integer identity key
            text text
            created_at timestamptz
            updated_at timestamptz
            comment_id integer references wagtailcore_comment(id)
            user_id integer references users_user(id)
            index comment_id
            index user_id
        wagtailcore_groupapprovaltask
            task_ptr_id integer key references wagtailcore_task(id)
        wagtailcore_groupapprovaltask_groups
            id integer identity key
            groupapprovaltask_id integer references wagtailcore_groupapprovaltask(task_ptr_id)
            group_id integer references auth_group(id)
            unique groupapprovaltask_id,group_id
            index groupapprovaltask_id
            index group_id
        wagtailcore_groupcollectionpermission
            id integer identity key
            collection_id integer references wagtailcore_collection(id)
            group_id integer references auth_group(id)
            permission_id integer references auth_permission(id)
            unique group_id,collection_id,permission_id
            index collection_id
            index group_id
            index permission_id
        wagtailcore_grouppagepermission
            id integer identity key
            group_id integer references auth_group(id)
            page_id integer references wagtailcore_page(id)
            permission_id integer references auth_permission(id)
            unique group_id,page_id,permission_id
            index group_id
            index page_id
            index permission_id
        wagtailcore_groupsitepermission
            id integer identity key
            group_id integer references auth_group(id)
            permission_id integer references auth_permission(id)
            site_id integer references wagtailcore_site(id)
            unique group_id,site_id,permission_id
            index group_id
            index permission_id
            index site_id
        wagtailcore_locale
            id integer identity key
            language_code varchar(100)
            unique language_code
            index language_code pattern
        wagtailcore_modellogentry
            id integer identity key
            label text
            action varchar(255)
            data jsonb
            timestamp timestamptz
            content_changed boolean
            deleted boolean
            object_id varchar(255)
            content_type_id integer null references django_content_type(id)
            user_id integer null
            uuid uuid null
            revision_id integer null
            index action
            index action pattern
            index uuid,action,timestamp
            index timestamp
            index content_changed
            index object_id
            index object_id pattern
            index content_type_id
            index user_id
            index revision_id
        wagtailcore_page
            id integer identity key
            path varchar(255) collate-C
            depth integer
            numchild integer
            title varchar(255)
            slug varchar(255)
            live boolean
            has_unpublished_changes boolean
            url_path text
            seo_title varchar(255)
            show_in_menus boolean
            search_description text
            go_live_at timestamptz null
            expire_at timestamptz null
            expired boolean
            content_type_id integer references django_content_type(id)
            owner_id integer null references users_user(id)
            locked boolean
            latest_revision_created_at timestamptz null
            first_published_at timestamptz null
            live_revision_id integer null references wagtailcore_revision(id)
            last_published_at timestamptz null
            draft_title varchar(255)
            locked_at timestamptz null
            locked_by_id integer null references users_user(id)
            translation_key uuid
            locale_id integer references wagtailcore_locale(id)
            alias_of_id integer null references wagtailcore_page(id)
            latest_revision_id integer null references wagtailcore_revision(id)
            unique path
            unique translation_key,locale_id
            check wagtailcore_page_depth_check depth >= 0
            check wagtailcore_page_numchild_check numchild >= 0
            index path pattern
            index slug
            index slug pattern
            index content_type_id
            index owner_id
            index first_published_at
            index live_revision_id
            index locked_by_id
            index locale_id
            index alias_of_id
            index latest_revision_id
        wagtailcore_pagelogentry
            id integer identity key
            label text
            action varchar(255)
            data jsonb
            timestamp timestamptz
            content_changed boolean
            deleted boolean
            content_type_id integer null references django_content_type(id)
            page_id integer
            revision_id integer null
            user_id integer null
            uuid uuid null
            index action
            index action pattern
            index uuid,action,timestamp
            index timestamp
            index content_changed
            index content_type_id
            index page_id
            index revision_id
            index user_id
        wagtailcore_pagesubscription
            id integer identity key
            comment_notifications boolean
            page_id integer references wagtailcore_page(id)
            user_id integer references users_user(id)
            unique page_id,user_id
            index page_id
            index user_id
        wagtailcore_pageviewrestriction
            id integer identity key
            password varchar(255)
            page_id integer references wagtailcore_page(id)
            restriction_type varchar(20)
            index page_id
        wagtailcore_pageviewrestriction_groups
            id integer identity key
            pageviewrestriction_id integer references wagtailcore_pageviewrestriction(id)
            group_id integer references auth_group(id)
            unique pageviewrestriction_id,group_id
            index pageviewrestriction_id
            index group_id
        wagtailcore_referenceindex
            id integer identity key
            object_id varchar(255)
            to_object_id varchar(255)
            model_path text
            content_path text
            content_path_hash uuid
            base_content_type_id integer references django_content_type(id)
            content_type_id integer references django_content_type(id)
            to_content_type_id integer references django_content_type(id)
            unique base_content_type_id,object_id,to_content_type_id,to_object_id,content_path_hash
            index base_content_type_id,object_id
            index to_content_type_id,to_object_id
            index base_content_type_id
            index content_type_id
            index to_content_type_id
        wagtailcore_revision
            id integer identity key
            created_at timestamptz
            content jsonb
            approved_go_live_at timestamptz null
            object_id varchar(255)
            user_id integer null references users_user(id)
            content_type_id integer references django_content_type(id)
            base_content_type_id integer references django_content_type(id)
            object_str text
            index created_at
            index approved_go_live_at
            index base_content_type_id,object_id
            index content_type_id,object_id
            index user_id
            index content_type_id
            index base_content_type_id
        wagtailcore_site
            id integer identity key
            hostname varchar(255)
            port integer
            is_default_site boolean
            root_page_id integer references wagtailcore_page(id)
            site_name varchar(255)
            unique hostname,port
            index hostname
            index hostname pattern
            index root_page_id
        wagtailcore_task
            id integer identity key
            name varchar(255)
            active boolean
            content_type_id integer references django_content_type(id)
            index content_type_id
        wagtailcore_taskstate
            id integer identity key
            status varchar(50)
            started_at timestamptz
            finished_at timestamptz null
            content_type_id integer references django_content_type(id)
            revision_id integer references wagtailcore_revision(id)
            task_id integer references wagtailcore_task(id)
            workflow_state_id integer references wagtailcore_workflowstate(id)
            finished_by_id integer null references users_user(id)
            comment text
            index content_type_id
            index revision_id
            index task_id
            index workflow_state_id
            index finished_by_id
        wagtailcore_uploadedfile
            id integer identity key
            file varchar(200)
            for_content_type_id integer null references django_content_type(id)
            uploaded_by_user_id integer null references users_user(id)
            index for_content_type_id
            index uploaded_by_user_id
        wagtailcore_workflow
            id integer identity key
            name varchar(255)
            active boolean
        wagtailcore_workflowcontenttype
            content_type_id integer key references django_content_type(id)
            workflow_id integer references wagtailcore_workflow(id)
            index workflow_id
        wagtailcore_workflowpage
            page_id integer key references wagtailcore_page(id)
            workflow_id integer references wagtailcore_workflow(id)
            index workflow_id
        wagtailcore_workflowstate
            id integer identity key
            status varchar(50)
            created_at timestamptz
            current_task_state_id integer null references wagtailcore_taskstate(id)
            object_id varchar(255)
            requested_by_id integer null references users_user(id)
            workflow_id integer references wagtailcore_workflow(id)
            content_type_id integer references django_content_type(id)
            base_content_type_id integer references django_content_type(id)
            unique current_task_state_id
            unique base_content_type_id,object_id where status IN ('in_progress', 'needs_changes')
            index base_content_type_id,object_id
            index content_type_id,object_id
            index requested_by_id
            index workflow_id
            index content_type_id
            index base_content_type_id
        wagtailcore_workflowtask
            id integer identity key
            sort_order integer null
            task_id integer references wagtailcore_task(id)
            workflow_id integer references wagtailcore_workflow(id)
            unique workflow_id,task_id
            index task_id
            index workflow_id
        """
}
