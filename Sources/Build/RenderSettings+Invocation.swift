import Command
import Publisher
import Snapshot

extension RenderSettings {
    /// The settings of one start of the program.
    ///
    /// - Throws: `Failure` for a host that MIT Learn would refuse and for a copy file that cannot be used.
    init(_ invocation: Invocation) throws {
        try self.init(ofSite: invocation)
        let address = try invocation[BuildSettings.siteBaseURL]
        compatibility = try invocation[BuildSettings.compatibility]
        pageSize = try invocation[BuildSettings.pageSize]
        relativeLinks = try invocation[BuildSettings.relativeLinks]
        pages = try invocation[BuildSettings.pages]
        runVariantSets = try invocation[BuildSettings.runVariantSets]
        if let expected = try invocation[BuildSettings.expectedHost], !relativeLinks,
            expected.lowercased() != address.host.lowercased()
        {
            throw Failure(
                .configuration,
                "the site's address has the host \(address.host) but MIT Learn is configured with \(expected) and would "
                    + "refuse the links between list pages; set one of them right, or --relative-links true")
        }
        site.environment = try invocation[BuildSettings.environment]
    }

    /// The settings of one start of a command that shows pages alone.
    ///
    /// - Throws: `Failure` for a copy file that cannot be used.
    init(ofSite invocation: Invocation) throws {
        try self.init(ofSite: invocation.settings)
        site.canonical = try invocation[BuildSettings.canonical]
        site.productLinks = try invocation[BuildSettings.productLinks]
    }
}
