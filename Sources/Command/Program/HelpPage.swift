/// The help text of a program or of one of its commands, made from the tables.
struct HelpPage {
    private static let width = 80

    let program: Program
    /// The command; nil for the program as a whole.
    let subcommand: Subcommand?

    /// The whole text, lines of at most 80 columns.
    var text: String {
        if let subcommand { page(of: subcommand) } else { page() }
    }

    private func page() -> String {
        var lines = ["Usage: \(program.name) COMMAND [OPTION]…", ""]
        lines += HelpPage.wrapped("\(program.summary).", indent: 0)
        lines += ["", "Commands:"]
        for subcommand in program.subcommands { lines += entry(subcommand.name, subcommand.summary) }
        lines += standardPart
        lines += ["", "'\(program.name) COMMAND --help' tells more of a command."]
        return lines.joined(separator: "\n") + "\n"
    }

    private func page(of subcommand: Subcommand) -> String {
        let words = [program.name, subcommand.name] + subcommand.arguments.map(\.usage) + ["[OPTION]…"]
        var lines = ["Usage: \(words.joined(separator: " "))", ""]
        lines += HelpPage.wrapped("\(subcommand.summary).", indent: 0)
        if !subcommand.discussion.isEmpty { lines += [""] + HelpPage.wrapped(subcommand.discussion, indent: 0) }
        if !subcommand.arguments.isEmpty { lines += ["", "Arguments:"] }
        for argument in subcommand.arguments { lines += entry(argument.name, argument.meaning) }
        let settings = subcommand.settings.filter { $0.exposure != .secret }
        if !subcommand.options.isEmpty || !settings.isEmpty { lines += ["", "Options:"] }
        for option in subcommand.options { lines += entry(of: option) }
        for setting in settings { lines += entry(of: setting) }
        let secrets = subcommand.settings.filter { $0.exposure == .secret }
        if !secrets.isEmpty { lines += ["", "Secrets, from the environment or as systemd credentials:"] }
        for secret in secrets { lines += entry(secret.names.joined(separator: ", "), secret.meaning) }
        lines += standardPart
        return lines.joined(separator: "\n") + "\n"
    }

    private var standardPart: [String] {
        var lines = ["", "Options of every command:"]
        lines += entry(of: Program.json.declaration)
        for setting in Program.standardSettings { lines += entry(of: setting) }
        for option in Program.plainOptions { lines += entry(of: option) }
        lines += ["", "Exit status:"]
        for status in ExitStatus.allCases {
            let number = String(status.rawValue)
            lines += HelpPage.wrapped(status.meaning, indent: 6).enumerated().map { index, line in
                index > 0 ? line : "  \(number)" + line.dropFirst(2 + number.count)
            }
        }
        return lines
    }

    private func entry(of setting: SettingDeclaration) -> [String] {
        guard let option = setting.option else { return [] }
        return entry(option.usage, option.sentence(required: setting.isRequired, names: setting.names))
    }

    private func entry(of option: OptionDeclaration) -> [String] {
        let short = option.short.map { "-\($0), " } ?? ""
        return entry(short + option.usage, option.sentence(required: false, names: []))
    }

    private func entry(_ head: String, _ meaning: String) -> [String] {
        ["  \(head)"] + HelpPage.wrapped(meaning, indent: 8)
    }

    private static func wrapped(_ text: String, indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(margin + word)
            }
        }
        return lines
    }
}

extension OptionDeclaration {
    /// The meaning with all that the table knows: `courses a page, between 1 and 1000 (default 100; MITXONLINE_PAGE_SIZE)`.
    fileprivate func sentence(required: Bool, names: [String]) -> String {
        let head = range.isEmpty ? meaning : "\(meaning); \(range)"
        let origin = required ? "required" : preset.map { "default \($0.shown)" } ?? ""
        let notes = [origin, names.joined(separator: ", ")].filter { !$0.isEmpty }
        return notes.isEmpty ? head : "\(head) (\(notes.joined(separator: "; ")))"
    }
}
