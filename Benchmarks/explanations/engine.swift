// Times explanations with the engine, one JSON line each; compare.py runs it.
//
//     printf "Notebooks/weights\n3\n" | visionrepl Benchmarks/explanations/engine.swift

let folder = readLine() ?? "."
let repeats = Int(readLine() ?? "3") ?? 3

func report(_ name: String, _ time: Measurement) {
    print("{\"name\": \"\(name)\", \"seconds\": \(time.median)}")
}

seed(1)
let lite = EfficientNetLite0()
let photo = Tensor.randn([1, 3, 224, 224])
_ = lite.gradCAM(photo)
report("gradcam-lite0", measure(repeats: 5 * repeats) { lite.gradCAM(photo, target: 7) })
_ = lite.integratedGradients(photo, steps: 5)
report(
    "integrated-lite0", measure(repeats: repeats) { lite.integratedGradients(photo, target: 7) })

let vit = ViTMini(inputChannels: 1, imageSize: 28)
vit.load(folder + "/vit_mini.safetensors")
let digit = Tensor.randn([1, 1, 28, 28])
_ = vit.gradCAM(digit)
report("gradcam-vit", measure(repeats: 20 * repeats) { vit.gradCAM(digit, target: 7) })
_ = vit.integratedGradients(digit)
report(
    "integrated-vit",
    measure(repeats: 5 * repeats) { vit.integratedGradients(digit, target: 7) })
_ = vit.attentionRollout(digit)
report("rollout-vit", measure(repeats: 20 * repeats) { vit.attentionRollout(digit) })
