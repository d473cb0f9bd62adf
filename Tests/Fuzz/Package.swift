// swift-tools-version: 6.2

import PackageDescription

/// The sources of the project's own targets, by links beside this file, built anew with the fuzzer's instruments.
func target(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies)
}

let package = Package(
    name: "mitxonline-fuzz",
    targets: [
        .systemLibrary(name: "CCrypto", path: "Sources/System/CCrypto", pkgConfig: "libcrypto"),
        .systemLibrary(name: "CLibXML2", path: "Sources/System/CLibXML2", pkgConfig: "libxml-2.0"),
        target("Bytes", ["CCrypto"]),
        target("Markup", ["Bytes", "CLibXML2"]),
        .executableTarget(name: "Play", dependencies: ["Markup"]),
    ]
)
