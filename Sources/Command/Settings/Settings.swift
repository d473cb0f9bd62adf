/// The settings of one start of a program: where each was found, and its value.
public struct Settings: Sendable {
    private var found: [String: Found] = [:]
    /// Whether the command line has options for them.
    private let haveOptions: Bool

    /// What was found for one setting. The text is kept as a secret, so that printing the settings shows no value.
    private struct Found: Sendable {
        let text: Secret?
        let origin: SettingOrigin
    }

    /// Looks for each of `declarations`: option, environment, credential, default; the first one found counts.
    ///
    /// An empty variable counts as not set. Throws ``ExitStatus/configuration`` for a credential that cannot be read.
    init(
        _ declarations: [SettingDeclaration], options: [String: String], environment: [String: String]
    ) throws(Failure) {
        haveOptions = true
        try find(declarations, options: options, environment: environment)
    }

    /// Looks for settings that have no options: environment, credential, default.
    ///
    /// Throws ``ExitStatus/configuration`` for a credential that cannot be read.
    public init(of settings: [any AnySetting], environment: [String: String]) throws(Failure) {
        haveOptions = false
        try find(settings.map(\.declaration), options: [:], environment: environment)
    }

    private mutating func find(
        _ declarations: [SettingDeclaration], options: [String: String], environment: [String: String]
    ) throws(Failure) {
        let credentials = Credentials(directory: environment["CREDENTIALS_DIRECTORY"])
        for declaration in declarations {
            found[declaration.key] = try Settings.find(
                declaration, options: options, environment: environment, credentials: credentials)
        }
    }

    private static func find(
        _ declaration: SettingDeclaration, options: [String: String], environment: [String: String],
        credentials: Credentials
    ) throws(Failure) -> Found {
        if let option = declaration.option, let text = options[option.name] {
            return Found(text: Secret(text), origin: .option(option.name))
        }
        for name in declaration.names {
            if let text = environment[name], !text.isEmpty {
                return Found(text: Secret(text), origin: .environment(name))
            }
        }
        for name in declaration.names {
            if let text = try credentials.text(named: name) {
                return Found(text: Secret(text), origin: .credential(name))
            }
        }
        return Found(text: nil, origin: declaration.preset == nil ? .absent : .preset)
    }

    /// The value of `setting`.
    ///
    /// Throws ``ExitStatus/usage`` for a wrong option, ``ExitStatus/configuration`` for a wrong variable or credential.
    public subscript<Value>(setting: Setting<Value>) -> Value {
        get throws(Failure) {
            let declaration = setting.declaration
            guard let found = found[declaration.key] else {
                throw Failure(.bug, "the command does not declare the setting \(declaration.key) that it reads")
            }
            do {
                return try setting.read(found.text?.revealed)
            } catch {
                throw failure(declaration, found, error)
            }
        }
    }

    /// Where the value of `setting` comes from.
    public func origin(of setting: any AnySetting) -> SettingOrigin {
        found[setting.declaration.key]?.origin ?? .absent
    }

    /// The value of `setting` as it may be shown: masked when it may hold a secret; nil when there is none.
    public func shownValue(of setting: any AnySetting) -> String? {
        let declaration = setting.declaration
        guard let text = found[declaration.key]?.text?.revealed ?? declaration.preset else { return nil }
        switch declaration.exposure {
        case .plain: return text.withoutCredentials
        case .masked: return "(not shown)"
        case .secret: return Secret.redaction
        }
    }

    /// What is wrong with the value of `setting`, or that it is missing; nil when it can be used.
    ///
    /// - Parameter isNeeded: whether a setting that may be missing may not be so here.
    public func problem(with setting: any AnySetting, isNeeded: Bool = false) -> Failure? {
        if isNeeded, origin(of: setting) == .absent { return missing(setting.declaration) }
        do {
            try check(setting.declaration)
            return nil
        } catch {
            return error
        }
    }

    /// Whether the value of `declaration` can be used; the same errors as reading it.
    func check(_ declaration: SettingDeclaration) throws(Failure) {
        guard let found = found[declaration.key] else { return }
        do throws(InvalidValue) {
            if let text = found.text {
                try declaration.check(text.revealed)
            } else if declaration.isRequired {
                throw InvalidValue("is not set")
            }
        } catch {
            throw failure(declaration, found, error)
        }
    }

    private func failure(
        _ declaration: SettingDeclaration, _ found: Found, _ problem: InvalidValue
    ) -> Failure {
        guard let text = found.text else { return missing(declaration) }
        let shown = declaration.exposure == .plain ? text.revealed.shown : "the value"
        return Failure(found.origin.statusWhenWrong, "\(found.origin): \(shown) \(problem.reason)")
    }

    private func missing(_ declaration: SettingDeclaration) -> Failure {
        let variable = "set \(declaration.names[0])"
        if !haveOptions {
            return Failure(
                .configuration, "\(declaration.names[0]) is not set: set it, or provide the credential of that name")
        }
        guard let option = declaration.option else {
            return Failure(.configuration, "\(declaration.key) is not set: \(variable), or provide the credential")
        }
        return Failure(.usage, "\(declaration.key) is not set: give \(option.usage) or \(variable)")
    }
}

extension String {
    /// The text without what may be a password, which a locator in the wrong place may hold: what stands between scheme and
    /// host of a URL, and all of a text that names a password.
    var withoutCredentials: String {
        if lowercased().firstRange(of: "password") != nil { return "…" }
        guard let scheme = firstRange(of: "://"), let host = lastIndex(of: "@"), host >= scheme.upperBound else {
            return self
        }
        return self[..<scheme.upperBound] + "…" + self[host...]
    }

    /// The text without credentials, and without what may be the e-mail address of a learner, which is nothing for a log.
    var withoutPersons: String {
        let visible = withoutCredentials
        return visible.contains("@") && visible.firstRange(of: "://") == nil ? "…" : visible
    }

    /// The text as an error shows it: in quotes where it would otherwise not be seen as one, not endless, and without
    /// credentials and persons.
    var shown: String {
        let visible = withoutPersons
        let text = visible.count > 80 ? visible.prefix(80) + "…" : visible[...]
        return text.isEmpty || text.contains(" ") ? "'\(text)'" : String(text)
    }
}
