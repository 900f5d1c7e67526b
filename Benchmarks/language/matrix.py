# Nested loops over arrays of arrays: fill, multiply, transpose in place, trace.
def matrix(n, seed):
    m = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            m[i][j] = seed * float(i - j) * float(i + j)
    return m


def product(a, b):
    n = len(a)
    c = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            sum = 0.0
            for k in range(n):
                sum += a[i][k] * b[k][j]
            c[i][j] = sum
    return c


n = 110
a = matrix(n, 1.0 / n)
b = matrix(n, 2.0 / n)
c = product(a, b)
for round in range(20):
    for i in range(n):
        for j in range(i):
            kept = c[i][j]
            c[i][j] = c[j][i]
            c[j][i] = kept + round
trace = 0.0
for i in range(n):
    trace += c[i][n - 1 - i]
print(trace)
