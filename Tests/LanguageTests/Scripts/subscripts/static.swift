struct Names {
    static var all = ["zero", "one"]
    static subscript(i: Int) -> String {
        get { all[i] }
        set { all[i] = newValue }
    }
}
print(Names[1])
Names[0] = "nil"
print(Names.all)
// expect: one
// expect: ["nil", "one"]
