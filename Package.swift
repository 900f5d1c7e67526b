// swift-tools-version: 6.1
import Foundation
import PackageDescription

// `swift run` builds for debugging. Targets whose own loops run over pixels, elements or
// instructions are optimised even then, each as a whole, so that an epoch at the prompt costs what
// it costs in a release build.
let optimized = ["-O", "-whole-module-optimization", "-num-threads", "2"]

// Their loops use eight lanes (AVX2) where the machine that builds has them; for executables that
// are to run on older machines, build with VISION_PORTABLE=1.
let lanes: [String] = {
    let environment = ProcessInfo.processInfo.environment
    guard environment["VISION_PORTABLE"] == nil,
        let processors = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8),
        let flags = processors.split(separator: "\n").first(where: { $0.hasPrefix("flags") })
    else { return [] }
    let known = Set(flags.split(separator: " "))
    guard known.isSuperset(of: ["avx2", "fma", "bmi2"]) else { return [] }
    return ["-Xcc", "-march=x86-64-v3", "-D", "FUSED_MULTIPLY_ADD"]
}()

let hot: [SwiftSetting] =
    [.unsafeFlags(optimized, .when(configuration: .debug))]
    + (lanes.isEmpty ? [] : [.unsafeFlags(lanes)])

// One thread runs the machine; checking each access to its state for conflicts while it runs would
// cost more than many of its instructions do.
let interpreted: [SwiftSetting] = [.unsafeFlags(["-enforce-exclusivity=unchecked"])]

/// A C library of the system: a module map and a shim header under `Sources/CLibraries`.
func cLibrary(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
    .systemLibrary(
        name: name, path: "Sources/CLibraries/\(name)", pkgConfig: pkgConfig,
        providers: [.apt([apt])])
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.target(name: name), "Hosting"] + dependencies,
        exclude: exclude)
}

let syntax: [Target.Dependency] = [
    .product(name: "SwiftParser", package: "swift-syntax"),
    .product(name: "SwiftSyntax", package: "swift-syntax"),
]

// A module that uses another one through a third names it too: the build system compiles a module
// anew when those it names have changed, and not when those behind them have.
let engine: [Target.Dependency] = [
    "Tensors", "NeuralNetworks", "Plots", "VisionData", "VisionModels", "Training", "Analysis",
]

let package = Package(
    name: "swift-vision-workbench",
    products: [
        .library(name: "VisionEngine", targets: ["VisionEngine"]),
        .executable(name: "visionrepl", targets: ["visionrepl"]),
        .executable(name: "visionkernel", targets: ["visionkernel"]),
        .executable(name: "visionkernellauncher", targets: ["visionkernellauncher"]),
    ],
    dependencies: [
        .package(url: "https://github.com/swiftlang/swift-syntax.git", from: "603.0.1"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
    ],
    targets: [
        cLibrary("COneDNN", apt: "libdnnl-dev"),
        cLibrary("COpenMP", apt: "gcc"),
        cLibrary("CZeroMQ", pkgConfig: "libzmq", apt: "libzmq3-dev"),
        cLibrary("CReadline", pkgConfig: "readline", apt: "libreadline-dev"),
        cLibrary("CJPEG", pkgConfig: "libjpeg", apt: "libjpeg-dev"),
        cLibrary("CSpng", pkgConfig: "spng", apt: "libspng-dev"),
        cLibrary("CWebP", pkgConfig: "libwebp", apt: "libwebp-dev"),
        cLibrary("CGIF", apt: "libgif-dev"),
        cLibrary("CTIFF", pkgConfig: "libtiff-4", apt: "libtiff-dev"),
        cLibrary("CSodium", pkgConfig: "libsodium", apt: "libsodium-dev"),
        cLibrary("CDeflate", pkgConfig: "libdeflate", apt: "libdeflate-dev"),
        cLibrary("CCurl", apt: "libcurl4-openssl-dev"),
        cLibrary("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
        cLibrary("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
        cLibrary("CCairo", pkgConfig: "cairo", apt: "libcairo2-dev"),
        cLibrary("CYAML", pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
        cLibrary("CMarkdown", pkgConfig: "md4c-html", apt: "libmd4c-html0-dev"),

        // The engine.
        .target(name: "Hosting"),
        .target(name: "OneDNN", dependencies: ["COneDNN", "COpenMP"], swiftSettings: hot),
        .target(
            name: "Tensors", dependencies: ["OneDNN", "Hosting", "CZlib"], swiftSettings: hot),
        .target(name: "NeuralNetworks", dependencies: ["Tensors", "Hosting"], swiftSettings: hot),
        .target(name: "Plots", dependencies: ["Hosting", "CCairo"], swiftSettings: hot),
        .target(
            name: "VisionData",
            dependencies: [
                "OneDNN", "Tensors", "Plots", "Hosting", "CJPEG", "CSpng", "CWebP", "CGIF",
                "CTIFF", "CZlib", "CDeflate",
            ],
            swiftSettings: hot),
        .target(
            name: "VisionModels",
            dependencies: [
                "Tensors", "NeuralNetworks", "VisionData", "Plots", "Hosting", "CCurl", "CSodium",
            ],
            swiftSettings: hot),
        .target(
            name: "Training",
            dependencies: ["Tensors", "NeuralNetworks", "VisionData", "Plots", "Hosting"],
            swiftSettings: hot),
        .target(
            name: "Analysis", dependencies: engine.dropLast() + ["Hosting"]),
        .target(name: "VisionEngine", dependencies: engine + ["Hosting"]),

        // The language and what runs it.
        .target(
            name: "Language", dependencies: syntax + ["Hosting"], swiftSettings: hot + interpreted),
        .target(
            name: "VisionBindings", dependencies: ["Language", "VisionEngine", "Hosting"] + engine),
        .target(name: "Sessions", dependencies: ["Language", "Hosting", "CSQLite"]),
        .target(
            name: "NotebookRunner",
            dependencies: ["Sessions", "Language", "Hosting", "CYAML", "CMarkdown"]),

        // The pages of the language's reference.
        .target(
            name: "LanguageReference", dependencies: ["Sessions", "Language", "Hosting"],
            exclude: ["Site"]),

        // The front ends.
        .target(name: "JupyterProtocol", dependencies: ["CSodium"]),
        .target(name: "JupyterKernel", dependencies: ["Sessions", "JupyterProtocol", "Hosting"]),
        .target(name: "ZeroMQTransport", dependencies: ["JupyterProtocol", "CZeroMQ"]),
        .target(name: "LineEditor", dependencies: ["CReadline"]),
        .executableTarget(
            name: "visionrepl",
            dependencies: [
                "Sessions", "Language", "LineEditor", "VisionBindings", "VisionEngine", "Hosting",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(
            name: "visionkernel",
            dependencies: [
                "JupyterKernel", "JupyterProtocol", "ZeroMQTransport", "NotebookRunner", "Sessions",
                "LanguageReference", "Language", "VisionBindings", "VisionEngine", "VisionData",
                "Hosting",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        // Opens a kernel's ports before the kernel's libraries are loaded; plain C.
        .executableTarget(name: "visionkernellauncher"),
        .executableTarget(
            name: "visionbench",
            dependencies: ["VisionEngine", "VisionBindings", "Language", "Hosting"] + engine,
            path: "Benchmarks/visionbench"),

        tests("OneDNN", []),
        tests("Tensors", ["OneDNN"], exclude: ["Fixtures"]),
        tests("NeuralNetworks", ["Tensors"], exclude: ["Fixtures"]),
        tests("Plots", []),
        tests("VisionData", ["Tensors", "Plots"], exclude: ["Fixtures"]),
        tests(
            "Training", ["Tensors", "NeuralNetworks", "Plots", "VisionData"], exclude: ["Fixtures"]),
        tests(
            "VisionModels", ["Tensors", "NeuralNetworks", "VisionData", "Training", "Analysis"],
            exclude: ["Fixtures"]),
        tests("Analysis", engine.dropLast(), exclude: ["Fixtures"]),
        // Scripts that carry what they print in comments, for the two suites below it.
        .target(
            name: "ScriptTesting", dependencies: ["Language", "Hosting"],
            path: "Tests/ScriptTesting"),
        tests("Language", ["ScriptTesting"], exclude: ["Scripts"]),
        tests(
            "VisionBindings", syntax + engine + ["VisionEngine", "Language", "ScriptTesting"],
            exclude: ["Scripts"]),
        tests("Sessions", ["Language"]),
        tests("NotebookRunner", ["Sessions", "Language"], exclude: ["Fixtures"]),
        tests("LanguageReference", ["Language", "Sessions", "VisionBindings"]),
        tests("JupyterProtocol", []),
        tests("JupyterKernel", ["JupyterProtocol"]),
        tests("ZeroMQTransport", ["JupyterProtocol", "CZeroMQ"]),
        tests("LineEditor", []),
        .testTarget(name: "ArchitectureTests", path: "Tests/ArchitectureTests"),
    ]
)
