import Language
import Testing
import VisionBindings

/// Rows and the engine's own declarations cannot drift apart: every row has a declaration of its
/// name on its type with the same labels, in the same order, optional where the row says so.
@Suite struct DriftTests {
    /// Rows whose declaration is the language's own, or stands under another name in the engine.
    static let ownRows: Set<String> = [
        "Tensor.array",  // nested arrays are values of the language
        "ImageDataset.count", "Gallery.count",  // from Collection
        "==", "!=", "&", "|", "^",  // refusals
    ]

    /// How the language calls types that the engine nests or generalises.
    static let engineTypes = [
        "SummaryRow": ["Row"], "TensorIndex": ["TensorIndex"], "PaddingSize": ["PaddingSize"],
        "ShapeRow": ["Row"], "ShapeCondition": ["Condition"], "ShapeRefusal": ["Refusal"],
        "DifferenceRow": ["Row"], "LayerChange": ["Change"], "CostItem": ["Item"],
        "ProfileRow": ["Row"], "GraphNode": ["Node"], "GraphEdge": ["Edge"],
        "WeightStatistics": ["Weight"], "ActivationStatistics": ["Activation"],
    ]

    @Test func everyRowIsDeclaredInTheEngine() {
        #expect(EngineDeclarations.all.count > 300)
        let undeclared = visionLibrary.bindings.filter { row in
            let key = row.owner.map { "\($0).\(row.name)" } ?? row.name
            return !Self.ownRows.contains(key) && !Self.isDeclared(row)
        }
        #expect(undeclared.map { "\($0.owner ?? "") \($0.signature)" } == [])
    }

    @Test func aWrongLabelWouldBeFound() {
        let row = Binding.function("grid", arg("images", [Int].self, label: "of")) { $0.count }
        #expect(!Self.isDeclared(row))
        let kept = Binding.function("grid", arg("images", [Int].self, label: nil)) { $0.count }
        #expect(Self.isDeclared(kept))
    }

    private static func isDeclared(_ row: Binding) -> Bool {
        let owners = owners(of: row)
        return EngineDeclarations.all.contains { declaration in
            declaration.name == row.name && owners.contains(declaration.owner)
                && fits(row, declaration.parameters)
        }
    }

    private static func owners(of row: Binding) -> [String] {
        if row.kind == .operator { return ["Tensor"] }
        guard let owner = row.owner else { return [""] }
        return engineTypes[owner] ?? [owner]
    }

    /// Whether a call as the row allows it is a call as the declaration allows it.
    private static func fits(_ row: Binding, _ parameters: [EngineDeclaration.Parameter]) -> Bool {
        fits(row.parameters[...], parameters[...])
    }

    private static func fits(
        _ row: ArraySlice<Parameter>, _ declared: ArraySlice<EngineDeclaration.Parameter>
    ) -> Bool {
        guard let next = declared.first else { return row.isEmpty }
        if next.isOptional, fits(row, declared.dropFirst()) { return true }
        guard let parameter = row.first, parameter.label == next.label else { return false }
        if parameter.isOptional && !next.isOptional { return false }
        return fits(row.dropFirst(), declared.dropFirst())
    }
}
