import Analysis
import NeuralNetworks
import Testing
import VisionModels

@Suite struct DiffTests {
    @Test func batchNormalisationIsWhatWasAddedToVGG() throws {
        let difference = try diff(VGG16(), VGG16(batchNorm: true))
        #expect(difference.parameters == 8_448)
        #expect(difference.added.count == 13)
        #expect(difference.added.allSatisfy { $0.after!.signature.hasPrefix("BatchNorm2d") })
        #expect(difference.added.reduce(0) { $0 + $1.parameters } == 8_448)
        #expect(difference.removed.isEmpty && difference.changed.isEmpty)
        #expect(difference.multiplyAccumulates.before == difference.multiplyAccumulates.after)
        #expect(difference.inputs.before == [3, 224, 224])
        #expect(
            difference.description.hasSuffix(
                """
                13 added, 0 removed, 0 changed, 40 equal
                parameters 138,357,544 -> 138,365,992 (+8,448)
                MACs 15,470,264,320 -> 15,470,264,320 (the same), input [3, 224, 224]
                """))
    }

    @Test func groupsAreAChange() throws {
        let difference = try diff(ResNet50(), ResNeXt50())
        #expect(difference.added.isEmpty && difference.removed.isEmpty)
        #expect(difference.changed.contains { $0.note.contains("groups: 32") })
        #expect(difference.parameters == 25_028_904 - 25_557_032)
        #expect(difference.rows.reduce(0) { $0 + $1.parameters } == difference.parameters)
    }

    @Test func equalModelsDoNotDiffer() throws {
        let difference = try diff(LeNet(), LeNet())
        #expect(difference.rows.allSatisfy { $0.change == .same })
        #expect(difference.parameters == 0)
    }

    @Test func theTableShowsBothSides() throws {
        let a = Sequential {
            Conv2d(3, 8, kernel: 3); ReLU(); Conv2d(8, 8, kernel: 3)
        }
        let b = Sequential {
            Conv2d(3, 8, kernel: 3); GELU(); Conv2d(8, 8, kernel: 1)
        }
        #expect(
            try diff(a, b, input: [3, 8, 8]).description == """
                   Sequential                 Sequential                 parameters    MACs
                ─  ─────────────────────────  ─────────────────────────  ──────────  ──────
                   0 Conv2d(3, 8, kernel: 3)  0 Conv2d(3, 8, kernel: 3)
                -  1 ReLU()
                +                             1 GELU()
                ~  2 Conv2d(8, 8, kernel: 3)  2 Conv2d(8, 8, kernel: 1)        -512  -6,912
                1 added, 1 removed, 1 changed, 1 equal
                parameters 808 -> 296 (-512)
                MACs 16,992 -> 10,080 (-6,912), input [3, 8, 8]
                """)
    }

    @Test func inputsThatDoNotFitAreRefused() {
        #expect(throws: (any Error).self) { try diff(LeNet(), VGG11(), input: [3, 64, 64]) }
        #expect(throws: (any Error).self) { try diff(ReLU(), ReLU()) }
        #expect(throws: (any Error).self) { try diff(LeNet(), LeNet(), input: []) }
    }
}
