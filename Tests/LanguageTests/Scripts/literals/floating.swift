// Floating-point literals, decimal and hexadecimal, and how Double prints.
print(1.0, 0.5, 1e3, 1.5e-3, 12_345.678_9) // expect: 1.0 0.5 1000.0 0.0015 12345.6789
print(0x1p4, 0x1.8p1, 0xAp-2) // expect: 16.0 3.0 2.5
print(1e15, 1e16, 1e17, 123456789012345680.0) // expect: 1000000000000000.0 1e+16 1e+17 1.2345678901234568e+17
print(0.1 + 0.2, 1.0 / 3.0, 2.0 / 3) // expect: 0.30000000000000004 0.3333333333333333 0.6666666666666666
print(1e-4, 1e-5, 0.00001234) // expect: 0.0001 1e-05 1.234e-05
print(-0.0, 0.0, -1.5) // expect: -0.0 0.0 -1.5
print(Double.infinity, -Double.infinity, Double.nan) // expect: inf -inf nan
print(5e-324, 1.7976931348623157e308) // expect: 5e-324 1.7976931348623157e+308
