extension ReferenceTables {
    /// Products, orders, discounts, flexible pricing, export compliance.
    static let commerce = """
        compliance_exportcompliancelog
            id integer identity key
            created_on timestamptz
            updated_on timestamptz
            courseware_object_id integer
            decision varchar(30)
            reason_code varchar(255)
            request_id varchar(255)
            encrypted_request text
            encrypted_response text
            approved_on timestamptz null
            approved_by_id integer null references users_user(id)
            courseware_content_type_id integer references django_content_type(id)
            user_id integer references users_user(id)
            check compliance_exportcompliancelog_courseware_object_id_check courseware_object_id >= 0
            index approved_by_id
            index courseware_content_type_id
            index user_id
        ecommerce_basket
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            user_id integer null references users_user(id)
            anonymous_id uuid null
            unique user_id
            unique anonymous_id
            check basket_user_xor_anonymous_id ((anonymous_id IS NULL AND user_id IS NOT NULL) \
                OR (anonymous_id IS NOT NULL AND user_id IS NULL))
        ecommerce_basketdiscount
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            redemption_date timestamptz
            redeemed_basket_id bigint references ecommerce_basket(id)
            redeemed_by_id integer references users_user(id)
            redeemed_discount_id bigint references ecommerce_discount(id)
            unique redeemed_by_id,redeemed_basket_id
            index redeemed_basket_id
            index redeemed_by_id
            index redeemed_discount_id
        ecommerce_basketitem
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            quantity integer
            basket_id bigint references ecommerce_basket(id)
            product_id bigint references ecommerce_product(id)
            check ecommerce_basketitem_quantity_check quantity >= 0
            index basket_id
            index product_id
        ecommerce_discount
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            amount numeric(20,5)
            automatic boolean
            discount_type varchar(30)
            redemption_type varchar(30)
            max_redemptions integer null
            discount_code varchar(100)
            activation_date timestamptz null
            expiration_date timestamptz null
            payment_type varchar(30) null
            is_bulk boolean
            is_program_discount boolean null
            b2b_sheet_location varchar(10) null
            check ecommerce_discount_max_redemptions_check max_redemptions >= 0
        ecommerce_discountproduct
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            discount_id bigint references ecommerce_discount(id)
            product_id bigint null references ecommerce_product(id)
            index discount_id
            index product_id
        ecommerce_discountredemption
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            redemption_date timestamptz
            redeemed_by_id integer references users_user(id)
            redeemed_discount_id bigint references ecommerce_discount(id)
            redeemed_order_id bigint references ecommerce_order(id)
            index redeemed_by_id
            index redeemed_discount_id
            index redeemed_order_id
        ecommerce_line
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            quantity integer
            order_id bigint references ecommerce_order(id)
            product_version_id integer references reversion_version(id)
            purchased_content_type_id integer null references django_content_type(id)
            purchased_object_id integer null
            unique order_id,purchased_content_type_id,purchased_object_id
            check ecommerce_line_quantity_check quantity >= 0
            check ecommerce_line_purchased_object_id_check purchased_object_id >= 0
            index order_id
            index product_version_id
            index purchased_content_type_id
        ecommerce_order
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            state varchar(150)
            total_price_paid numeric(20,5)
            purchaser_id integer references users_user(id)
            reference_number varchar(255) null
            gateway_type varchar(32)
            index purchaser_id
        ecommerce_product
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            object_id integer
            price numeric(7,2)
            description text
            content_type_id integer references django_content_type(id)
            is_active boolean
            unique object_id,content_type_id
            check ecommerce_product_object_id_check object_id >= 0
            index content_type_id
        ecommerce_refundrequest
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            refund_reason varchar(100)
            refund_reason_text text
            consent_given boolean
            order_id bigint references ecommerce_order(id)
            user_id integer references users_user(id)
            status varchar(20)
            index order_id
            index user_id
        ecommerce_stripeeventlog
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            event_id varchar(255)
            event_type varchar(255)
            event_data jsonb
            related_order_id bigint null references ecommerce_order(id)
            index related_order_id
        ecommerce_transaction
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            amount numeric(20,5)
            data jsonb
            order_id bigint references ecommerce_order(id)
            transaction_type text
            reason varchar(255)
            transaction_id varchar(255)
            unique transaction_id
            index order_id
            index transaction_id pattern
        ecommerce_userdiscount
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            discount_id bigint references ecommerce_discount(id)
            user_id integer references users_user(id)
            index discount_id
            index user_id
        flexiblepricing_countryincomethreshold
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            country_code varchar(2)
            income_threshold integer
            unique country_code
            index country_code pattern
        flexiblepricing_currencyexchangerate
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            currency_code varchar(3)
            exchange_rate float8
            description varchar(100) null
            unique currency_code
            index currency_code pattern
        flexiblepricing_flexibleprice
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            status varchar(30)
            income_usd float8 null
            original_income float8 null
            original_currency varchar(10) null
            country_of_income varchar(100) null
            date_exchange_rate timestamptz null
            date_documents_sent date null
            justification text null
            country_of_residence text
            user_id integer references users_user(id)
            cms_submission_id bigint null references flexiblepricing_flexiblepricingrequestsubmission(id)
            courseware_content_type_id integer references django_content_type(id)
            courseware_object_id integer
            tier_id bigint null references flexiblepricing_flexiblepricetier(id)
            unique user_id,courseware_content_type_id,courseware_object_id
            check flexiblepricing_flexibleprice_courseware_object_id_check courseware_object_id >= 0
            index user_id
            index cms_submission_id
            index courseware_content_type_id
            index tier_id
        flexiblepricing_flexiblepricetier
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            courseware_object_id integer
            current boolean
            income_threshold_usd float8
            courseware_content_type_id integer references django_content_type(id)
            discount_id bigint references ecommerce_discount(id)
            check flexiblepricing_flexiblepricetier_courseware_object_id_check courseware_object_id >= 0
            index courseware_content_type_id
            index discount_id
        flexiblepricing_flexiblepricingrequestsubmission
            id bigint identity key
            form_data jsonb
            submit_time timestamptz
            page_id integer references wagtailcore_page(id)
            user_id integer references users_user(id)
            index page_id
            index user_id
        payment_gateway_stripewebhooksecret
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            is_active boolean
            secret_name varchar(255)
            webhook_secret varchar(255)
            unique webhook_secret
            index webhook_secret pattern
        payment_gateway_stripewebhooksecretroute
            id bigint identity key
            created_on timestamptz
            updated_on timestamptz
            url_name varchar(255)
            secret_id bigint references payment_gateway_stripewebhooksecret(id)
            index secret_id
        """
}
