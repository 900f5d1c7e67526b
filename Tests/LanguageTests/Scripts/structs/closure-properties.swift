struct Button {
    var title: String
    var action: (String) -> String
    var onDone: (() -> Void)?
    func press() -> String {
        onDone?()
        return action(title)
    }
}
var button = Button(title: "ok", action: { $0.uppercased() })
print(button.press(), button.action("direct"))
var count = 0
button.onDone = { count += 1 }
print(button.press(), button.press(), count)
button.action = { text in text + "!" }
print(button.press(), count)
// expect: OK DIRECT
// expect: OK OK 2
// expect: ok! 3
