import Analysis
import Hosting
import NeuralNetworks
import Tensors
import Testing
import VisionModels

@Suite struct ProfileTests {
    @Test func timesOfLayersAddUpAndFollowTheWork() throws {
        let model = Sequential {
            Conv2d(3, 64, kernel: 1).named("small")
            ReLU()
            Conv2d(64, 64, kernel: 3, padding: 1).named("large")  // 192 times the work
        }
        let times = try profile(model, input: [3, 64, 64], repeats: 5)
        #expect(times.rows.map(\.name) == ["small", "1", "large"])
        let sum = times.rows.reduce(0) { $0 + $1.forward }
        #expect(times.forward > 0 && sum <= times.forward * 1.0001 && sum > times.forward * 0.5)
        #expect(times.rows[2].forward > times.rows[0].forward)
        #expect((times.rows[2].backward ?? 0) > 0 && (times.backward ?? 0) > 0)
        // The convolution does the activation in the same pass.
        #expect(times.rows[1].forward == 0)
        #expect(times.ceiling > 1)
        #expect(times.slowest(1).map(\.name) == ["large"])
        let work = Double(times.rows[2].multiplyAccumulates)
        #expect(times.rows[2].gigaflops == 2 * work / times.rows[2].forward / 1e9)
    }

    @Test func nothingOfTheModelChanges() throws {
        let model = try ResNet18(classes: 4)
        let before = try model["bn1.running_mean"].scalars(as: Float.self)
        var state = Context.current.generator
        let next = state.next()
        _ = try profile(model, input: [2, 3, 32, 32], repeats: 1)
        #expect(try model["bn1.running_mean"].scalars(as: Float.self) == before)
        #expect(model.gradients.isEmpty)
        #expect(Context.current.generator.next() == next)
    }

    @Test func everyBlockOfANetworkHasTimes() throws {
        let times = try profile(ResNet18(classes: 4), input: [3, 64, 64], repeats: 1)
        for row in times.rows where row.kind == "Conv2d" || row.kind == "Linear" {
            #expect(row.forward > 0 && (row.backward ?? 0) > 0, "\(row.name)")
        }
        #expect(try times.svg().hasPrefix("<?xml"))
    }

    @Test func aSummaryShowsShares() throws {
        let summary = try LeNet().summary(measured: true)
        let sum = summary.rows.reduce(0) { $0 + ($1.timeShare ?? 0) }
        #expect(sum > 0.5 && sum < 1.001)
        #expect(summary.description.contains("time"))
    }

    @Test func mistakesAreNamed() {
        #expect(throws: (any Error).self) { try profile(LeNet(), input: [3, 28, 28]) }
        #expect(throws: (any Error).self) { try profile(LeNet(), repeats: 0) }
        #expect(throws: (any Error).self) { try profile(LeNet(), input: []) }
    }
}
