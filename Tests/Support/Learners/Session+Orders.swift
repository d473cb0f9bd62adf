import Store

extension Session {
    /// An order of a learner.
    public mutating func insertOrder(_ id: Int, of user: Int, state: String = "fulfilled") throws {
        try insertFilled(
            "ecommerce_order",
            ["id": "\(id)", "purchaser_id": "\(user)", "state": state, "gateway_type": "CyberSource"])
    }

    /// That a learner paid for a run with an order.
    public mutating func insertPaidRun(of user: Int, run: Int, order: Int) throws {
        try insertFilled(
            "courses_paidcourserun", ["user_id": "\(user)", "course_run_id": "\(run)", "order_id": "\(order)"])
    }

    /// A line of an order for a run, and what it refers to.
    public mutating func insertLine(_ id: Int, order: Int, run: Int) throws {
        try insertFilled("django_content_type", ["id": "900", "app_label": "courses", "model": "courserun"])
        try insertFilled("reversion_revision", ["id": "\(id)"])
        try insertFilled("reversion_version", ["id": "\(id)", "content_type_id": "900", "revision_id": "\(id)"])
        try insertFilled(
            "ecommerce_line",
            [
                "id": "\(id)", "order_id": "\(order)", "product_version_id": "\(id)", "quantity": "1",
                "purchased_content_type_id": "900", "purchased_object_id": "\(run)",
            ])
    }

    /// What learners paid for, as `user run order`.
    public mutating func paidRuns() throws -> [String] {
        try rows("SELECT user_id, course_run_id, order_id FROM courses_paidcourserun ORDER BY course_run_id, order_id")
        {
            row in
            let (user, run, order): (Int, Int, Int) = (
                try row["user_id"], try row["course_run_id"], try row["order_id"]
            )
            return "\(user) \(run) \(order)"
        }
    }
}
