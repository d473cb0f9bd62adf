/// Where the value of a setting comes from.
public enum SettingOrigin: Hashable, Sendable {
    /// The option of that name, without its dashes.
    case option(String)
    /// The variable of that name.
    case environment(String)
    /// The file of that name in `$CREDENTIALS_DIRECTORY`.
    case credential(String)
    /// The program itself.
    case preset
    /// Nowhere: it is not set.
    case absent
}

extension SettingOrigin: CustomStringConvertible {
    /// The words for it: `--page-size`, `MITXONLINE_PAGE_SIZE`, `credential MITXONLINE_FASTLY_TOKEN`.
    public var description: String {
        switch self {
        case .option(let name): "--\(name)"
        case .environment(let name): name
        case .credential(let name): "credential \(name)"
        case .preset: "default"
        case .absent: "not set"
        }
    }

    /// How the program ends when the value found here is wrong.
    var statusWhenWrong: ExitStatus {
        switch self {
        case .option: .usage
        case .environment, .credential: .configuration
        case .preset, .absent: .bug
        }
    }
}
