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
}
