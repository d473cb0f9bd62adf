import Bytes

/// A template that was compiled for records of one type. It may be used by many tasks at once.
public struct Template<Root: TemplateRecord>: Sendable {
    let program: TemplateProgram

    /// Appends the page for `root` to `buffer`.
    ///
    /// - Throws: ``TemplateError`` when templates include each other more than 200 levels deep, which only records do
    ///   that hold each other without end; nothing else can fail any more.
    public func render(_ root: Root, into buffer: inout ByteBuffer) throws(TemplateError) {
        guard let cursor = ListCursor([root]) else { return }
        var machine = TemplateMachine(program, root: cursor)
        try machine.run(into: &buffer)
    }
}
