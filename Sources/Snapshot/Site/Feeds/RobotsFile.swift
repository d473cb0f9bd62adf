import Bytes
import Catalog

/// `robots.txt`: what robots may read (`spec/catalog.md` §10.7).
enum RobotsFile {
    /// The file. Outside production it keeps all robots out.
    static func artifact(_ context: inout RenderContext) -> Artifact {
        var buffer = ByteBuffer()
        if context.settings.site.isIndexed {
            let rules = context.catalog.robotsRules.filter { isLine($0.robot, of: $0, &context) }
            for rule in rules { write(rule, into: &buffer, &context) }
            if rules.isEmpty { buffer.append("User-agent: *\nDisallow:\n\n") }
            buffer.appendLine("Sitemap", context.settings.url(ofSitePath: "sitemap.xml"))
        } else {
            buffer.append("User-agent: *\nDisallow: /\n")
        }
        return Artifact(sitePath: "robots.txt", buffer)
    }

    private static func write(_ rule: RobotsRule, into buffer: inout ByteBuffer, _ context: inout RenderContext) {
        buffer.appendLine("User-agent", rule.robot)
        let disallowed = rule.disallowed.filter { isLine($0, of: rule, &context) }
        let allowed = rule.allowed.filter { isLine($0, of: rule, &context) }
        // Without any line the rule would run on into the next.
        if disallowed.isEmpty, allowed.isEmpty { buffer.append("Disallow:\n") }
        for pattern in disallowed { buffer.appendLine("Disallow", pattern) }
        for pattern in allowed { buffer.appendLine("Allow", pattern) }
        if let delay = rule.crawlDelay { buffer.appendLine("Crawl-delay", delay) }
        buffer.append("\n")
    }

    /// Whether `text` is one line: what breaks it could add rules that nobody made.
    private static func isLine(_ text: String, of rule: RobotsRule, _ context: inout RenderContext) -> Bool {
        let isLine = text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        if !isLine {
            context.warnings.add(
                "robots-line", "robots_rule", rule.id,
                "Has a robot or pattern with a line break or control character, which robots.txt leaves out; correct it."
            )
        }
        return isLine
    }
}

extension ByteBuffer {
    fileprivate mutating func appendLine(_ name: StaticString, _ value: String) {
        append(name)
        append(": ")
        append(value)
        append("\n")
    }
}
