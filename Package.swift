// swift-tools-version: 6.2

import PackageDescription

/// Warnings are errors; deprecations stay warnings, since the next distribution's headers must still build.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .treatWarning("DeprecatedDeclaration", as: .warning),
]

/// A library target. Each may import only targets listed above it (`Tests/BuildTests/ImportGraphTests.swift` checks it).
func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(of name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name + "Tests", dependencies: dependencies + ["Support"], swiftSettings: strict)
}

func system(_ name: String, pkgConfig: String, package: String) -> Target {
    .systemLibrary(
        name: name, path: "Sources/System/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

let package = Package(
    name: "mitxonline-flows",
    products: [
        .executable(name: "mitxonline-build", targets: ["Build"]),
        .executable(name: "mitxonline-jobs", targets: ["Jobs"]),
    ],
    targets: [
        system("CSQLite", pkgConfig: "sqlite3", package: "libsqlite3-dev"),
        system("CPostgres", pkgConfig: "libpq", package: "libpq-dev"),
        system("CCrypto", pkgConfig: "libcrypto", package: "libssl-dev"),
        system("CCurl", pkgConfig: "libcurl", package: "libcurl4-openssl-dev"),
        system("CLibXML2", pkgConfig: "libxml-2.0", package: "libxml2-dev"),
        .systemLibrary(name: "CLinux", path: "Sources/System/CLinux"),

        library("Bytes", ["CCrypto"]),
        library("Command", ["Bytes"]),
        library("Store", ["Bytes", "Command", "CSQLite", "CPostgres"]),
        library("Catalog", ["Bytes"]),
        library("Records", ["Bytes", "Command", "Store", "Catalog"]),
        library("Markup", ["Bytes", "CLibXML2"]),
        library("Snapshot", ["Bytes", "Catalog", "Markup"]),
        library("Publisher", ["Bytes", "Command", "Catalog", "Markup", "Snapshot", "CLinux"]),
        library("HTTP", ["Bytes", "Command", "CCurl"]),
        library("Services", ["Bytes", "Command", "HTTP"]),
        library("Worker", ["Bytes", "Command", "Store", "HTTP", "Services"]),
        library(
            "Flows",
            [
                "Bytes", "Command", "Store", "Catalog", "Records", "Markup", "Snapshot", "Publisher", "HTTP",
                "Services",
                "Worker",
            ]),
        .executableTarget(
            name: "Build",
            dependencies: [
                "CLinux", "Bytes", "Command", "Store", "Catalog", "Records", "Markup", "Snapshot", "Publisher",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "Jobs",
            dependencies: [
                "Bytes", "Command", "Store", "Catalog", "Records", "Markup", "Snapshot", "Publisher", "HTTP",
                "Services",
                "Worker", "Flows",
            ],
            swiftSettings: strict),

        .target(
            name: "Support",
            dependencies: [
                "CPostgres", "Bytes", "Command", "Store", "Records", "Catalog", "Snapshot", "HTTP", "Services",
                "Worker",
            ],
            path: "Tests/Support", swiftSettings: strict),
        .executableTarget(
            name: "Bench", dependencies: ["Bytes", "Command", "Store", "Records", "Support"], path: "Tests/Bench",
            exclude: ["Hugo"],
            swiftSettings: strict),
        tests(of: "Bytes", ["Bytes"]),
        tests(of: "Command", ["Command"]),
        tests(of: "Store", ["Bytes", "Store"]),
        tests(of: "Catalog", ["Bytes", "Catalog"]),
        tests(of: "Markup", ["Bytes", "Markup"]),
        tests(of: "Snapshot", ["Bytes", "Store", "Catalog", "Records", "Markup", "Snapshot"]),
        tests(of: "Publisher", ["Bytes", "Snapshot", "Publisher"]),
        tests(of: "HTTP", ["Bytes", "Command", "HTTP"]),
        tests(of: "Services", ["Bytes", "Command", "HTTP", "Services"]),
        tests(of: "Worker", ["Bytes", "Command", "Store", "HTTP", "Services", "Worker"]),
        tests(
            of: "Flows",
            ["Bytes", "Command", "Store", "Catalog", "Records", "Snapshot", "HTTP", "Services", "Worker", "Flows"]),
        tests(of: "Build", ["Bytes", "Store"]),
        tests(
            of: "Jobs",
            [
                "Bytes", "Command", "Store", "Catalog", "Records", "Snapshot", "HTTP", "Services", "Worker", "Flows",
                "Jobs",
            ]),
        tests(of: "Serving", ["Bytes", "Store"]),
        tests(of: "Browser", ["Bytes", "Store"]),
    ]
)
