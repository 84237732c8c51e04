# n systems of linear equations on lists of lists of floats: Gaussian elimination with pivoting, determinants, inverses
import math

MODULUS = 1000000007
EPSILON = 1e-9

seed = 31


def random(limit):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % limit


def random_value():
    return random(2000) / 1000.0 - 1.0


def random_vector(size):
    return [random_value() for _ in range(size)]


def random_matrix(size):
    return [random_vector(size) for _ in range(size)]


def identity(size):
    return [[1.0 if i == j else 0.0 for j in range(size)] for i in range(size)]


# The matrix with the columns of another one at its right.
def augment(a, b):
    return [row + other for row, other in zip(a, b)]


class Singular(Exception):
    pass


def pivot_row(m, column):
    best = column
    for i in range(column + 1, len(m)):
        if abs(m[i][column]) > abs(m[best][column]):
            best = i
    if abs(m[best][column]) < EPSILON:
        raise Singular(f"no pivot in column {column}")
    return best


# Brings the square part at the left to upper triangular form, in place; the result is its determinant.
def eliminate(m):
    size = len(m)
    width = len(m[0])
    determinant = 1.0
    for column in range(size):
        pivot = pivot_row(m, column)
        if pivot != column:
            m[column], m[pivot] = m[pivot], m[column]
            determinant = -determinant
        determinant *= m[column][column]
        for i in range(column + 1, size):
            factor = m[i][column] / m[column][column]
            for j in range(column, width):
                m[i][j] -= factor * m[column][j]
    return determinant


def solve(a, b):
    size = len(a)
    m = augment(a, [[v] for v in b])
    determinant = eliminate(m)
    x = [0.0] * size
    for i in range(size - 1, -1, -1):
        total = m[i][size]
        for j in range(i + 1, size):
            total -= m[i][j] * x[j]
        x[i] = total / m[i][i]
    return x, determinant


def inverse(a):
    size = len(a)
    m = augment(a, identity(size))
    eliminate(m)
    for column in range(size - 1, -1, -1):
        pivot = m[column][column]
        m[column] = [v / pivot for v in m[column]]
        for i in range(column):
            factor = m[i][column]
            for j in range(2 * size):
                m[i][j] -= factor * m[column][j]
    return [row[size:] for row in m]


def dot(u, v):
    total = 0.0
    for x, y in zip(u, v):
        total += x * y
    return total


def apply(a, v):
    return [dot(row, v) for row in a]


def transpose(a):
    return [list(column) for column in zip(*a)]


def multiply(a, b):
    columns = transpose(b)
    return [[dot(row, column) for column in columns] for row in a]


def largest(v):
    return max(abs(x) for x in v)


def rounded(x):
    return math.floor(x * 1000.0 + 0.5) % MODULUS


def digest(v):
    hash = 0
    for x in v:
        hash = (hash * 31 + rounded(x)) % MODULUS
    return hash


def solve_one(number):
    size = 3 + random(10)
    a = random_matrix(size)
    b = random_vector(size)
    if number % 8 == 7:
        a[size - 1] = [v * 2.0 for v in a[0]]  # no solution
    x, determinant = solve(a, b)
    errors = [p - q for p, q in zip(apply(a, x), b)]
    assert largest(errors) < 0.001, "wrong solution"
    hash = digest(x) + rounded(determinant)
    if number % 4 == 0:
        inverted = inverse(a)
        for row in inverted:
            hash = (hash * 31 + digest(row)) % MODULUS
        for i, row in enumerate(multiply(a, inverted)):
            assert abs(row[i] - 1.0) < 0.001, "wrong inverse"
    return hash


def run(n):
    global seed
    seed = 31
    checksum = 0
    singular = 0
    for i in range(n):
        try:
            checksum = (checksum * 31 + solve_one(i)) % MODULUS
        except Singular:
            singular += 1
    return (checksum * 31 + singular) % MODULUS
