import Tensors

extension PyTorchTable {
    /// pytorch_elements.safetensors: element by element, and pairs.
    static func elements() -> PyTorchTable {
        var table = PyTorchTable()
        table["negated"] = { try $0.x.negated() }
        table["exp"] = { try $0.x.exp() }
        table["log"] = { try $0.x.log() }
        table["sqrt"] = { try $0.x.sqrt() }
        table["abs"] = { try $0.x.abs() }
        table["sin"] = { try $0.x.sin() }
        table["cos"] = { try $0.x.cos() }
        table["tanh"] = { try $0.x.tanh() }
        table["sigmoid"] = { try $0.x.sigmoid() }
        table["relu"] = { try $0.x.relu() }
        table["gelu"] = { try $0.x.gelu() }
        table["rounded"] = { try $0.x.rounded() }
        table["clipped"] = { try $0.x.clipped($0.double("minimum"), $0.double("maximum")) }
        table["relu6"] = { try $0.x.relu6() }
        table["leakyReLU"] = { try $0.x.leakyReLU(slope: $0.double("slope")) }
        table["silu"] = { try $0.x.silu() }
        table["hardSwish"] = { try $0.x.hardSwish() }
        table["geluTanh"] = { try $0.x.gelu(approximation: .tanh) }
        table["adding"] = { try Tensor.adding($0.x, $0.y) }
        table["subtracting"] = { try Tensor.subtracting($0.x, $0.y) }
        table["multiplying"] = { try Tensor.multiplying($0.x, $0.y) }
        table["dividing"] = { try Tensor.dividing($0.x, $0.y) }
        table["power"] = { try Tensor.power($0.x, $0.y) }
        table["addingNumber"] = { try Tensor.adding($0.x, .real($0.double("number"))) }
        table["subtractingFrom"] = { try Tensor.subtracting(.real($0.double("number")), $0.x) }
        table["multiplyingNumber"] = { try Tensor.multiplying($0.x, .real($0.double("number"))) }
        table["dividingNumber"] = { try Tensor.dividing($0.x, .real($0.double("number"))) }
        table["dividingInto"] = { try Tensor.dividing(.real($0.double("number")), $0.x) }
        table["powerNumber"] = { try Tensor.power($0.x, .real($0.double("number"))) }
        table["numberPower"] = { try Tensor.power(.real($0.double("number")), $0.x) }
        table["less"] = { try Tensor.less($0.x, $0.y) }
        table["lessOrEqual"] = { try Tensor.lessOrEqual($0.x, $0.y) }
        table["greater"] = { try Tensor.greater($0.x, $0.y) }
        table["greaterOrEqual"] = { try Tensor.greaterOrEqual($0.x, $0.y) }
        table["equal"] = { try Tensor.equal($0.x, $0.y) }
        table["notEqual"] = { try Tensor.notEqual($0.x, $0.y) }
        table["which"] = { try Tensors.which($0["mask"], $0.x, $0.y) }
        table["cast"] = { try $0.x.cast(to: DType(rawValue: $0.text("dtype")) ?? .bool) }
        return table
    }
}
