import Catalog
import Markup

/// A way of learning with its sign (`spec/catalog.md` §6.8, how_youll_learn).
struct WayOfLearningView: TemplateRecord {
    let way: HowYoullLearn
    let text: String

    static let fields = TemplateFields<WayOfLearningView>(
        .text("title", \.way.title), .text("text", \.text),
        .flag("isRealWorld") { $0.way == .realWorldLearning }, .flag("isPractice") { $0.way == .learnByDoing },
        .flag("isOthers") { $0.way == .learnFromOthers }, .flag("isOnDemand") { $0.way == .learnOnDemand },
        .flag("isAssisted") { $0.way == .aiEnabledSupport },
        .flag("isStackable") { $0.way == .stackableCredentials })
}
