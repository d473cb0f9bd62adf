import Store

/// The columns of a row that are to be written: those alone whose values differ, so that what others wrote meanwhile stays.
struct ChangedColumns {
    /// `active = true, change_status = NULL`; nil when nothing differs.
    private(set) var assignments: SQL?

    mutating func note<Value: Bindable & Equatable>(_ column: String, _ before: Value?, _ after: Value?) {
        guard before != after else { return }
        let assignment: SQL = "\(identifier: column) = \(after)"
        assignments = assignments.map { "\(sql: $0), \(sql: assignment)" } ?? assignment
    }
}

extension SQL {
    /// That a column has the value, which may be NULL.
    static func equals<Value: Bindable>(_ column: String, _ value: Value?) -> SQL {
        value.map { "\(identifier: column) = \($0)" } ?? "\(identifier: column) IS NULL"
    }
}
