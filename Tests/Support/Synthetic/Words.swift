/// The words that titles and names are made of.
enum Words {
    static let departments = [
        "Civil and Environmental Engineering", "Mechanical Engineering", "Materials Science and Engineering",
        "Architecture", "Chemistry", "Electrical Engineering and Computer Science", "Biology", "Physics",
        "Brain and Cognitive Sciences", "Chemical Engineering", "Urban Studies and Planning", "Economics",
        "Management", "Aeronautics and Astronautics", "Political Science", "Mathematics", "Biological Engineering",
        "Anthropology", "History", "Literature", "Music and Theater Arts", "Nuclear Science and Engineering",
        "Linguistics and Philosophy", "Media Arts and Sciences",
    ]

    /// Topics of the upper level; each has those of ``aspects`` below it.
    static let topics = [
        "Art, Design & Architecture", "Business & Management", "Computer Science", "Data Science & Statistics",
        "Economics & Finance", "Energy, Climate & Sustainability", "Engineering", "Health & Medicine", "Humanities",
        "Mathematics", "Physical Sciences", "Social Sciences",
    ]
    static let aspects = ["Foundations", "Methods", "Applications", "History & Society", "Practice & Policy"]

    /// Languages beside English, in the CMS's spelling.
    static let languages = ["fr", "es", "zh_HANS", "ar", "pt_BR", "de", "ja", "hi"]

    private static let fields = [
        "Thermodynamics", "Linear Algebra", "Cell Biology", "Microeconomics", "Fluid Mechanics", "Machine Learning",
        "Organic Chemistry", "Urban Water", "Game Theory", "Quantum Information", "Supply Chains", "Poetry and Form",
        "Probability", "Robotics", "Structural Design", "Neuroscience", "Public Policy", "Signals and Systems",
        "Genetics", "Climate Science", "Number Theory", "Photography", "Human Anatomy", "Distributed Systems",
        "Ethics of Technology", "Navier–Stokes Equations", "Gödel and Proof", "Schrödinger’s Equation",
        "Économie du développement", "Materials", "Music Theory", "Astrophysics", "Compilers", "Epidemiology",
    ]
    private static let forms = [
        ("Introduction to ", ""), ("Advanced ", ""), ("", " for Engineers"), ("Principles of ", ""),
        ("", ": First Steps"),
        ("", " II"), ("Applied ", ""), ("", ": From Data to Decisions"), ("A Short Course in ", ""),
        ("", " in Practice"),
        ("Foundations of ", ""), ("", " & Society"), ("Experimental ", ""), ("", ", Part 1"), ("", " <advanced>"),
    ]

    static func title(_ random: inout SeededGenerator) -> String {
        let form = random.pick(forms)
        return form.0 + random.pick(fields) + form.1
    }

    static func translated(_ title: String, into language: String) -> String {
        let marks = ["fr": "Cours : ", "es": "Curso: ", "zh_HANS": "课程：", "ar": "مساق: ", "ja": "講座「"]
        return (marks[language] ?? "") + title + (language == "ja" ? "」" : "")
    }

    private static let givenNames = [
        "Amara", "Ingrid", "Rafael", "Leïla", "Kwame", "Mei-Lin", "Tomasz", "Søren", "Aroha", "Yusuf", "Camila",
        "Nalini",
        "Oskar", "Fatou", "Joon-ho", "Eleni", "Zdeněk", "Björk", "Hiroshi", "Dilnoza",
    ]
    private static let familyNames = [
        "Okonjo", "Solbakken", "Quispe", "Haddad", "Boateng", "Zhou", "Wilk", "Ångström", "Ngata", "Demirel", "Barrios",
        "Raghavan", "Lehtonen", "Diallo", "Baek", "Drosaki", "Dvořák", "Jónsdóttir", "Tanabe", "Karimova",
    ]

    static func person(_ random: inout SeededGenerator) -> String {
        "\(random.pick(givenNames)) \(random.pick(familyNames))"
    }

    /// The ASCII letters and digits of `text`, lower case: `course-v1synthx610171x`.
    static func slug(_ text: String) -> String {
        let kept = text.lowercased().unicodeScalars.filter { scalar in
            ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "-"
        }
        return String(String.UnicodeScalarView(kept))
    }
}
