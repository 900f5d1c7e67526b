struct User { var name: String; var age: Int }
enum Response {
    case success(User)
    case failure(code: Int, retry: (() -> String)?)
}
func show(_ r: Response) {
    switch r {
    case .success(let user) where user.age >= 18: print(user.name, "adult")
    case .success(var user):
        user.age += 1
        print(user.name, user.age)
    case .failure(let code, let retry): print(code, retry?() ?? "no retry")
    }
}
show(.success(User(name: "Ada", age: 36)))
show(.success(User(name: "Bo", age: 7)))
show(.failure(code: 404, retry: nil))
show(.failure(code: 503, retry: { "again" }))
// expect: Ada adult
// expect: Bo 8
// expect: 404 no retry
// expect: 503 again
