import NeuralNetworks
import Testing

@Suite struct ScheduleTests {
    // torch 2.15:
    //   optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1, momentum=0.9)
    //   s = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.05, total_steps=20, cycle_momentum=False)
    //   for _ in range(20): print(s.get_last_lr()[0]); optimizer.step(); s.step()
    @Test func oneCycleIsPyTorchs() {
        let expected = [
            0.0020000000000000018, 0.006583592135001266, 0.018583592135001263,
            0.033416407864998735, 0.04541640786499874, 0.05, 0.04937320031175437,
            0.04752423160067369, 0.0445458088785525, 0.04058728269748815, 0.035847150089565044,
            0.030563101096814465, 0.0250001, 0.019437098903185537, 0.014153049910434961,
            0.00941291730251185, 0.005454391121447502, 0.0024759683993263145,
            0.0006269996882456277, 2e-07,
        ]
        let schedule = Schedule.oneCycle(peak: 0.05)
        for (step, rate) in expected.enumerated() {
            let ours = schedule.rate(step: step, of: 20, base: 0.1)
            #expect(abs(ours - rate) < 1e-12, "step \(step)")
        }
    }

    @Test func oneCycleOfOneStepAndBeyondTheEndIsTheLowestRate() {
        let schedule = Schedule.oneCycle(peak: 0.3)
        #expect(abs(schedule.rate(step: 0, of: 1, base: 1) - 1.2e-6) < 1e-12)
        #expect(abs(schedule.rate(step: 50, of: 20, base: 1) - 1.2e-6) < 1e-12)
    }

    @Test func constantIsTheOptimizersOwnRate() {
        #expect(Schedule.constant.rate(step: 5, of: 10, base: 0.25) == 0.25)
        #expect(Schedule.oneCycle(peak: 0.05).description == ".oneCycle(peak: 0.05)")
    }

    /// The rates of the first steps of a run.
    private func rates(
        _ schedule: Schedule, steps: Int, perEpoch: Int = 1, base: Double = 1,
        losses: [Double] = []
    ) -> [Double] {
        (0..<steps).map { step in
            schedule.rate(
                at: Schedule.Moment(
                    step: step, totalSteps: steps, stepsPerEpoch: perEpoch,
                    losses: Array(losses.prefix(step / perEpoch))), base: base)
        }
    }

    private func expectClose(_ a: [Double], _ b: [Double]) {
        #expect(a.count == b.count)
        for (index, (a, b)) in zip(a, b).enumerated() {
            #expect(abs(a - b) < 1e-12, "\(index): \(a) against \(b)")
        }
    }

    // torch 2.15: StepLR(optimizer, 2, gamma=0.5) and MultiStepLR(optimizer, [1, 4], gamma=0.1),
    // stepped once an epoch; base rate 1.
    @Test func stepsAreTakenByEpochs() {
        expectClose(
            rates(.step(every: 2, factor: 0.5), steps: 12, perEpoch: 2),
            [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25])
        expectClose(
            rates(.step(at: [1, 4]), steps: 6), [1, 0.1, 0.1, 0.1, 0.01, 0.01])
    }

    // torch 2.15:
    //   o = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
    //   s = torch.optim.lr_scheduler.CosineAnnealingLR(o, 5, eta_min=0.01)
    //   for _ in range(5): print(s.get_last_lr()[0]); o.step(); s.step()
    @Test func cosineIsPyTorchs() {
        expectClose(
            rates(.cosine(to: 0.01), steps: 5, base: 0.1),
            [
                0.1, 0.09140576474687264, 0.06890576474687264, 0.04109423525312737,
                0.018594235253127368,
            ])
        expectClose(rates(.cosine, steps: 2, base: 0.4), [0.4, 0.2])
    }

    @Test func warmupRisesAndThenTheOtherBegins() {
        expectClose(rates(.warmup(steps: 4), steps: 6), [0.25, 0.5, 0.75, 1, 1, 1])
        expectClose(
            rates(.warmup(steps: 2, then: .cosine), steps: 4, base: 2), [1, 2, 2, 1])
        expectClose(
            rates(.warmup(epochs: 1.5, then: .step(every: 1)), steps: 8, perEpoch: 2),
            [1.0 / 3, 2.0 / 3, 1, 1, 1, 0.1, 0.1, 0.01])
        #expect(
            Schedule.warmup(steps: 5, then: .cosine).description
                == ".warmup(steps: 5, then: .cosine)")
    }

    // torch 2.15:
    //   s = torch.optim.lr_scheduler.ReduceLROnPlateau(o, factor=0.5, patience=1, min_lr=0.3)
    //   for loss in [3, 2, 2, 2, 2, 1.99999, 1, 1, 1, 1, float("nan")]:
    //       print(o.param_groups[0]["lr"]); s.step(loss)
    @Test func plateauIsPyTorchs() {
        let losses: [Double] = [3, 2, 2, 2, 2, 1.99999, 1, 1, 1, 1, .nan, .nan]
        expectClose(
            rates(
                .plateau(factor: 0.5, patience: 1, minimum: 0.3), steps: 13, losses: losses),
            [1, 1, 1, 1, 0.5, 0.5, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3])
    }

    @Test func anOwnScheduleSeesTheMoment() {
        let schedule = Schedule("halving") { moment, base in base / Double(1 + moment.epoch) }
        expectClose(rates(schedule, steps: 4, perEpoch: 2), [1, 1, 0.5, 0.5])
    }

    @Test func argumentsOutOfRangeAreErrors() {
        let cases: [(Schedule, String)] = [
            (.step(every: 0), "Schedule.step: 'every' is out of range, expected at least 1 epoch"),
            (.step(at: [2], factor: -1), "Schedule.step: 'factor' is out of range"),
            (.cosine(to: .nan), "Schedule.cosine: 'to' is out of range, expected a number from 0"),
            (.oneCycle(peak: -0.1), "Schedule.oneCycle: 'peak' is out of range"),
            (.warmup(steps: -1), "Schedule.warmup: 'steps' is out of range"),
            (.warmup(epochs: .infinity), "Schedule.warmup: 'epochs' is out of range"),
            (.warmup(steps: 1, then: .oneCycle(peak: .nan)), "Schedule.oneCycle: 'peak'"),
            (.plateau(factor: 1), "Schedule.plateau: 'factor' is out of range"),
            (.plateau(patience: -1), "Schedule.plateau: 'patience' is out of range"),
        ]
        for (schedule, text) in cases {
            #expect(errorText { try schedule.validate() }.hasPrefix(text), "\(schedule)")
            _ = schedule.rate(step: 0, of: 10, base: 1)
        }
        #expect(errorText { try Schedule.cosine.validate() } == "no error")
    }
}
