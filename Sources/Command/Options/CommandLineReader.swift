import Bytes

/// Takes a command line apart by the tables of a program.
///
/// What was read before an error stays readable, so that the error can be printed in the format that was asked for.
struct CommandLineReader {
    private let program: Program
    /// The command, once its word was read.
    private(set) var subcommand: Subcommand?
    /// The texts of the options that were given, by name; a flag's text is empty.
    private(set) var options: [String: String] = [:]
    /// The arguments after the command's word.
    private(set) var arguments: [String] = []

    init(program: Program) {
        self.program = program
    }

    /// Reads the words after the program's own and returns what is wrong with them: a failure of ``ExitStatus/usage``.
    mutating func mistake(in words: [String]) -> Failure? {
        do {
            try read(words)
            return nil
        } catch {
            return error
        }
    }

    private mutating func read(_ words: [String]) throws(Failure) {
        var rest = words[...]
        var areOptionsOver = false
        while let word = rest.popFirst() {
            if areOptionsOver || !word.hasPrefix("-") || word == "-" {
                try readArgument(word)
            } else if word == "--" {
                areOptionsOver = true
            } else {
                try readOption(word, &rest)
            }
        }
        guard let subcommand else {
            let names = program.subcommands.map(\.name).joined(separator: ", ")
            throw failure("a command is missing, one of: \(names)")
        }
        for missing in subcommand.arguments.dropFirst(arguments.count) where missing.isRequired {
            throw failure("the argument \(missing.name) is missing")
        }
        try checkValues(of: subcommand)
    }

    /// Whether `words` contain `option` anywhere before `--`, be the rest of them right or wrong.
    static func asks(for option: OptionDeclaration, in words: [String]) -> Bool {
        words.prefix { $0 != "--" }.contains { option.matches($0) }
    }

    private mutating func readArgument(_ word: String) throws(Failure) {
        guard let subcommand else {
            self.subcommand = program.subcommands.first { $0.name == word }
            if self.subcommand != nil { return }
            let near = NearMiss.nearest(to: word, among: program.subcommands.map(\.name))
            throw failure("unknown command '\(word.withoutPersons)'" + NearMiss.question(near))
        }
        guard arguments.count < subcommand.arguments.count else {
            throw failure("unexpected argument '\(word.withoutPersons)'")
        }
        arguments.append(word)
    }

    private mutating func readOption(_ word: String, _ rest: inout ArraySlice<String>) throws(Failure) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let given = parts[0]
        guard let option = known.first(where: { $0.matches(given) }) else { throw unknown(given) }
        var text = parts.count == 2 ? parts[1] : nil
        if option.placeholder == nil {
            if text != nil { throw failure("the option '\(given)' takes no value") }
            text = ""
        } else if text == nil, let next = rest.first, !next.looksLikeOption {
            text = rest.removeFirst()
        }
        guard let text else { throw failure("the option '\(given)' needs a value: \(option.usage)") }
        guard options.updateValue(text, forKey: option.name) == nil else {
            throw failure("the option '\(given)' is given twice")
        }
    }

    /// The options that may stand here.
    private var known: [OptionDeclaration] {
        Program.standardOptions + (subcommand?.allOptions ?? [])
    }

    private func unknown(_ given: String) -> Failure {
        if let secret = program.settings.first(where: { $0.exposure == .secret && $0.isNamed(given) }) {
            return failure(
                "'\(given)' is no option, since others can read command lines: set \(secret.names[0])"
                    + " or provide the credential")
        }
        let owners = program.subcommands.filter { $0.allOptions.contains { $0.matches(given) } }.map { "'\($0.name)'" }
        if !owners.isEmpty {
            let place = subcommand.map { ", not of '\($0.name)'" } ?? " and stands after it"
            return failure("'\(given)' is an option of \(owners.joined(separator: ", "))\(place)")
        }
        let near = NearMiss.nearest(to: given, among: known.map { "--\($0.name)" })
        return failure("unknown option '\(given.withoutCredentials)'" + NearMiss.question(near))
    }

    private func checkValues(of subcommand: Subcommand) throws(Failure) {
        for option in Program.plainOptions + subcommand.options {
            guard let text = options[option.name] else { continue }
            do {
                try option.check(text)
            } catch {
                throw Failure(.usage, "--\(option.name): \(text.shown) \(error.reason)")
            }
        }
        for (argument, text) in zip(subcommand.arguments, arguments) {
            do {
                try argument.check(text)
            } catch {
                throw Failure(.usage, "\(argument.name): \(text.shown) \(error.reason)")
            }
        }
    }

    private func failure(_ problem: String) -> Failure {
        let help = [program.name, subcommand?.name, "--help"].compactMap(\.self).joined(separator: " ")
        let join = problem.hasSuffix("?") ? " See" : "; see"
        return Failure(.usage, "\(problem)\(join) '\(help)'")
    }
}

extension OptionDeclaration {
    /// The option as it is written: `--page-size N`, `--check`.
    var usage: String {
        placeholder.map { "--\(name) \($0)" } ?? "--\(name)"
    }

    fileprivate func matches(_ given: String) -> Bool {
        given == "--\(name)" || short.map { given == "-\($0)" } == true
    }
}

extension SettingDeclaration {
    fileprivate func isNamed(_ given: String) -> Bool {
        given == "--\(SettingName(key: key).option)"
    }
}

extension NearMiss {
    fileprivate static func question(_ word: String?) -> String {
        word.map { "; did you mean '\($0)'?" } ?? ""
    }
}

extension String {
    /// Whether the word is an option rather than the value of the one before it; a number may have its sign.
    fileprivate var looksLikeOption: Bool {
        hasPrefix("-") && self != "-" && !(dropFirst().first?.isNumber ?? false)
    }
}
