import Catalog

/// The project's own wording where an installation has set none.
public enum Copy {
    /// A sentence for each way of learning.
    public static let howYoullLearn: [HowYoullLearn: String] = [
        .realWorldLearning:
            "Work on problems as they arise in practice and carry what you find over to your own field.",
        .learnByDoing: "Try every idea yourself in exercises that build on one another and show you where you stand.",
        .learnFromOthers: "Discuss, compare and review with learners from many countries and many walks of life.",
        .learnOnDemand: "Study when it suits you, as fast or as slowly as you like, on any device.",
        .aiEnabledSupport:
            "Ask for a hint or another explanation at any hour; an assistant that knows the course answers.",
        .stackableCredentials:
            "Earn a certificate for each part you complete and combine them into a larger credential.",
    ]
}

extension Copy {
    /// Who offers the courses.
    public static let provider = SiteCopy.Link(text: "MIT", url: "https://www.mit.edu")
    /// What learners under export control should know.
    public static let exportControlNotice =
        "The law of the United States limits what we may offer to residents of Iran, Cuba and North Korea and of the "
        + "Crimea, Donetsk and Luhansk regions. Learners there may find that some courses, or parts of them, are closed "
        + "to them or need a license first."
}
