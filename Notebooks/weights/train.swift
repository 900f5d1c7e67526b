// Trains one of the small networks on Fashion-MNIST and prints its model card:
//
//     visionrepl train.swift NAME FOLDER DATE [further] [quick] > NAME.md
//
// NAME is lenet, resnet20 or vit_mini; the weights come into FOLDER as NAME.safetensors. Settings
// were chosen by the 5,000 images that are kept for validation; the test images are looked at once,
// in the end. `further` begins with the second cycle, from the weights in FOLDER; `quick` trains
// seconds on a small part, to try the script.

struct Recipe {
    var title: String
    var about: String
    var epochs: Int
    var batchSize: Int
    var peak: Double
    var weightDecay: Double
    var usesAdam: Bool
    var smoothing: Double
    var padding: Int
    var mixedPrecision: Bool
    /// Epochs of a second, gentler cycle, and its peak.
    var further: Int
    var furtherPeak: Double
}

func recipe(_ name: String) -> Recipe {
    switch name {
    case "lenet":
        return Recipe(
            title: "LeNet-5", about: "LeCun et al. 1998, with rectifiers and maxima", epochs: 24,
            batchSize: 64, peak: 0.05, weightDecay: 5e-4, usesAdam: false, smoothing: 0,
            padding: 1, mixedPrecision: false, further: 0, furtherPeak: 0)
    case "resnet20":
        return Recipe(
            title: "ResNet-20", about: "He et al. 2016, the network for small images", epochs: 14,
            batchSize: 128, peak: 0.2, weightDecay: 5e-4, usesAdam: false, smoothing: 0.1,
            padding: 1, mixedPrecision: true, further: 0, furtherPeak: 0)
    case "vit_mini":
        return Recipe(
            title: "ViT, five blocks of 96 features", about: "Dosovitskiy et al. 2021, made small",
            epochs: 12, batchSize: 64, peak: 0.002, weightDecay: 0.05, usesAdam: true,
            smoothing: 0.1, padding: 1, mixedPrecision: true, further: 3, furtherPeak: 0.0006)
    default:
        fatalError("train: expected lenet, resnet20 or vit_mini, got \(name)")
    }
}

func network(_ name: String) -> Network {
    switch name {
    case "lenet": return LeNet()
    case "resnet20": return ResNet20(inputChannels: 1)
    default: return ViTMini(inputChannels: 1, imageSize: 28)
    }
}

/// A number with as many decimals.
func text(_ value: Double, _ decimals: Int) -> String {
    let scale = pow(10.0, Double(decimals))
    let parts = String((value * scale).rounded() / scale).split(separator: ".")
    let end = parts.count > 1 ? String(parts[1]) : ""
    return "\(parts[0])." + end + String(repeating: "0", count: max(0, decimals - end.count))
}

let arguments = CommandLine.arguments
precondition(arguments.count > 3, "expected train.swift NAME FOLDER DATE [quick]")
let name = arguments[1], folder = arguments[2], date = arguments[3]
let isQuick = arguments.contains("quick")
var plan = recipe(name)
if isQuick {
    plan.epochs = 2
    plan.further = min(1, plan.further)
}
let number = 1
seed(number)

let data = try FashionMNIST()
let test = isQuick ? data.test.prefix(500) : data.test
let parts = data.train.split(validation: 1.0 / 12, stratified: true, seed: number)
let validation = isQuick ? parts.validation.prefix(500) : parts.validation
let train = isQuick ? parts.train.prefix(2000) : parts.train
let augmented = train.transformed(
    Compose {
        RandomFlip(); RandomCrop(28, padding: plan.padding)
    })

let model = network(name)
let path = "\(folder)/\(name).safetensors"

/// One cycle of training.
func cycle(_ epochs: Int, _ peak: Double) -> History {
    plan.usesAdam
        ? fit(
            model, train: augmented, validation: validation, epochs: epochs,
            batchSize: plan.batchSize, optimizer: AdamW(weightDecay: plan.weightDecay),
            schedule: .oneCycle(peak: peak), loss: .crossEntropy(labelSmoothing: plan.smoothing),
            mixedPrecision: plan.mixedPrecision, gradientClipping: .norm(1))
        : fit(
            model, train: augmented, validation: validation, epochs: epochs,
            batchSize: plan.batchSize,
            optimizer: SGD(
                learningRate: peak, momentum: 0.9, nesterov: true, weightDecay: plan.weightDecay),
            schedule: .oneCycle(peak: peak), loss: .crossEntropy(labelSmoothing: plan.smoothing),
            mixedPrecision: plan.mixedPrecision)
}

var histories: [History] = []
if arguments.contains("further") {
    model.load(path)
} else {
    histories.append(cycle(plan.epochs, plan.peak))
}
if plan.further > 0 {
    seed(number + 1)
    histories.append(cycle(plan.further, plan.furtherPeak))
}
model.save(path)

// What the card says is measured on the weights as the file gives them back.
let saved = network(name)
saved.load(path)
let whole = evaluate(saved, on: test)
let first = evaluate(saved, on: test.prefix(1000))
let held = evaluate(saved, on: validation)

let optimizer = plan.usesAdam ? "AdamW, gradients clipped to norm 1" : "SGD, Nesterov momentum 0.9"
print("# \(plan.title), Fashion-MNIST: `\(name).safetensors`\n")
print("\(plan.about); \(model.parameterCount) parameters, images of 28x28 pixels in grey.\n")
print("| | |")
print("|---|---|")
print("| accuracy on the \(test.count) test images | \(text(whole.accuracy, 4)) |")
print("| on the first \(first.count) of them | \(text(first.accuracy, 4)) |")
print("| on the \(validation.count) validation images | \(text(held.accuracy, 4)) |")
print("| trained on | \(train.count) of the training images, the others validate |")
print("| augmentation | mirror images; shifts by up to \(plan.padding) pixels |")
print("| optimizer | \(optimizer), weight decay \(plan.weightDecay) |")
let second = plan.further > 0 ? "; then \(plan.further) epochs, peak \(plan.furtherPeak)" : ""
print("| learning rate | one cycle, peak \(plan.peak)\(second) |")
print("| loss | cross-entropy, label smoothing \(plan.smoothing) |")
print("| batches | \(plan.epochs) epochs of \(plan.batchSize) images |")
print("| precision | \(plan.mixedPrecision ? "bfloat16 products, float32 weights" : "float32") |")
print("| seed | \(number) |")
print(
    "| made | \(date), in \(Int((histories.map { $0.seconds }.reduce(0, +) / 60).rounded())) minutes of training |"
)
print("| licence | Apache-2.0; the data set is under the MIT licence |")
print("\nOne seed and one number of threads on one machine give the same weights again:")
print("`make weights` runs `Notebooks/weights/train.swift`.\n")
print("| epoch | training loss | training accuracy | validation loss | validation accuracy |")
print("|---|---|---|---|---|")
for epoch in histories.flatMap({ $0.epochs }) {
    print(
        "| \(epoch.number) | \(text(epoch.train.loss, 4)) | \(text(epoch.train.accuracy, 4)) "
            + "| \(text(epoch.validation.loss, 4)) | \(text(epoch.validation.accuracy, 4)) |")
}
