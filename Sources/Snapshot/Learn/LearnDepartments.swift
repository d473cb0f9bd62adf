/// The names of departments that MIT Learn knows (`spec/catalog.md` §8.6).
enum LearnDepartments {
    static let names: Set<String> = [
        "Civil and Environmental Engineering", "Mechanical Engineering", "Materials Science and Engineering",
        "Architecture", "Chemistry", "Electrical Engineering and Computer Science", "Biology", "Physics",
        "Brain and Cognitive Sciences", "Chemical Engineering", "Urban Studies and Planning",
        "Earth, Atmospheric, and Planetary Sciences", "Economics", "Management", "Aeronautics and Astronautics",
        "Political Science", "Mathematics", "Biological Engineering", "Anthropology", "Global Languages", "History",
        "Literature", "Music and Theater Arts", "Nuclear Science and Engineering", "Linguistics and Philosophy",
        "Concourse", "Comparative Media Studies/Writing", "Edgerton Center", "Experimental Study Group",
        "Engineering Systems Division", "Medical Engineering and Science", "Data, Systems, and Society",
        "Media Arts and Sciences", "Athletics, Physical Education and Recreation", "Special Programs",
        "Science, Technology, and Society", "Women's and Gender Studies",
    ]
}
