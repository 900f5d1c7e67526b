import Testing
import VisionData

@Suite("Intervals of accuracies")
struct AccuracyEstimateTests {
    @Test("one test has Wilson's interval, which stays within 0...1")
    func wilson() {
        // statsmodels 0.14: proportion_confint(905, 1000, method="wilson")
        let estimate = AccuracyEstimate(right: 905, of: 1000)
        #expect(abs(estimate.interval.lowerBound - 0.885245) < 1e-5, "\(estimate.interval)")
        #expect(abs(estimate.interval.upperBound - 0.921655) < 1e-5, "\(estimate.interval)")
        #expect(estimate.mean == 0.905 && estimate.description == "0.905 ± 0.020")
        for right in [0, 1, 7, 8] {
            let few = AccuracyEstimate(right: right, of: 8)
            #expect(few.interval.contains(few.mean), "\(right) of 8: \(few.interval)")
            #expect(few.interval.lowerBound >= 0 && few.interval.upperBound <= 1)
            #expect(few.interval.upperBound > few.interval.lowerBound)
        }
    }

    @Test("folds have Student's interval")
    func student() {
        let estimate = AccuracyEstimate(folds: [0.8, 0.9, 1.0])
        #expect(abs(estimate.mean - 0.9) < 1e-12 && abs(estimate.deviation - 0.1) < 1e-12)
        // 4.303 * 0.1 / sqrt(3)
        #expect(abs(estimate.interval.upperBound - 1.148434) < 1e-5, "\(estimate.interval)")
        #expect(AccuracyEstimate(folds: [0.7, 0.7]).interval == 0.7...0.7)
    }

    @Test("random splits overlap, which widens their interval as Nadeau and Bengio say")
    func overlappingSplits() {
        // 4.303 * 0.1 * sqrt(1/3 + 0.4/0.6)
        let estimate = AccuracyEstimate(splits: [0.8, 0.9, 1.0], testShare: 0.4)
        #expect(abs(estimate.upper - 1.3303) < 1e-5, "\(estimate.interval)")
        #expect(abs(estimate.lower - 0.4697) < 1e-5, "\(estimate.interval)")
        #expect(AccuracyEstimate(splits: [0.8, 0.9], testShare: .nan).mean.isFinite)
    }
}
