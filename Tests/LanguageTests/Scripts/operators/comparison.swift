struct Weight: Comparable {
    var grams: Int
    static func < (a: Weight, b: Weight) -> Bool { a.grams < b.grams }
}
let light = Weight(grams: 1), heavy = Weight(grams: 9)
print(light < heavy, light > heavy, light <= light, heavy >= light, light == heavy, light != heavy)
print([heavy, light].sorted().map { $0.grams }, [light, heavy].max() == heavy, min(heavy, light).grams)
print((light...heavy).contains(Weight(grams: 5)), [heavy, light].sorted(by: >).first == heavy)
print(max(light, heavy, Weight(grams: 4)).grams)
// expect: true false true true false true
// expect: [1, 9] true 1
// expect: true true
// expect: 9
