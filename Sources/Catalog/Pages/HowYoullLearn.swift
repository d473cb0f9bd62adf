/// A way of learning that editors can tick on a product page, in the order of display.
public enum HowYoullLearn: String, CaseIterable, Sendable {
    case realWorldLearning = "realworld_learning"
    case learnByDoing = "learn_by_doing"
    case learnFromOthers = "learn_from_others"
    case learnOnDemand = "learn_on_demand"
    case aiEnabledSupport = "ai_enabled_support"
    case stackableCredentials = "stackable_credentials"

    /// The name of the icon in MIT Learn's design.
    public var icon: String {
        switch self {
        case .realWorldLearning: "IconConnectedPeople"
        case .learnByDoing, .learnFromOthers, .learnOnDemand: "IconBrains"
        case .aiEnabledSupport: "IconComputerBulb"
        case .stackableCredentials: "IconCertificate"
        }
    }

    /// The heading.
    public var title: String {
        switch self {
        case .realWorldLearning: "Real-World Learning"
        case .learnByDoing: "Practical Application"
        case .learnFromOthers: "Learn From Others"
        case .learnOnDemand: "Learn On Demand"
        case .aiEnabledSupport: "AI-Enabled Support"
        case .stackableCredentials: "Stackable Credentials"
        }
    }
}
