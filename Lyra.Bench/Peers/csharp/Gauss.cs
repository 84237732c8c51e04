// n systems of linear equations on arrays of arrays of doubles: Gaussian elimination with pivoting, determinants, inverses
static class Gauss
{
    const long Modulus = 1000000007;
    const double Epsilon = 1e-9;

    static long seed = 31;

    static int Random(int limit)
    {
        seed = seed * 16807 % 2147483647;
        return (int)(seed % limit);
    }

    static double RandomValue() => Random(2000) / 1000.0 - 1.0;

    static double[] RandomVector(int size)
    {
        var v = new double[size];
        for (int i = 0; i < size; i++) v[i] = RandomValue();
        return v;
    }

    static double[][] RandomMatrix(int size)
    {
        var m = new double[size][];
        for (int i = 0; i < size; i++) m[i] = RandomVector(size);
        return m;
    }

    static double[][] Identity(int size)
    {
        var m = new double[size][];
        for (int i = 0; i < size; i++)
        {
            m[i] = new double[size];
            m[i][i] = 1.0;
        }
        return m;
    }

    // The matrix with the columns of another one at its right.
    static double[][] Augment(double[][] a, double[][] b)
    {
        var m = new double[a.Length][];
        for (int i = 0; i < a.Length; i++) m[i] = [.. a[i], .. b[i]];
        return m;
    }

    class SingularException(string message) : Exception(message);

    static int PivotRow(double[][] m, int column)
    {
        int best = column;
        for (int i = column + 1; i < m.Length; i++)
            if (Math.Abs(m[i][column]) > Math.Abs(m[best][column])) best = i;
        if (Math.Abs(m[best][column]) < Epsilon) throw new SingularException($"no pivot in column {column}");
        return best;
    }

    // Brings the square part at the left to upper triangular form, in place; the result is its determinant.
    static double Eliminate(double[][] m)
    {
        int size = m.Length;
        int width = m[0].Length;
        double determinant = 1.0;
        for (int column = 0; column < size; column++)
        {
            int pivot = PivotRow(m, column);
            if (pivot != column)
            {
                (m[column], m[pivot]) = (m[pivot], m[column]);
                determinant = -determinant;
            }
            determinant *= m[column][column];
            for (int i = column + 1; i < size; i++)
            {
                double factor = m[i][column] / m[column][column];
                for (int j = column; j < width; j++) m[i][j] -= factor * m[column][j];
            }
        }
        return determinant;
    }

    static (double[] X, double Determinant) Solve(double[][] a, double[] b)
    {
        int size = a.Length;
        var m = Augment(a, b.Select(v => new[] { v }).ToArray());
        double determinant = Eliminate(m);
        var x = new double[size];
        for (int i = size - 1; i >= 0; i--)
        {
            double sum = m[i][size];
            for (int j = i + 1; j < size; j++) sum -= m[i][j] * x[j];
            x[i] = sum / m[i][i];
        }
        return (x, determinant);
    }

    static double[][] Inverse(double[][] a)
    {
        int size = a.Length;
        var m = Augment(a, Identity(size));
        Eliminate(m);
        for (int column = size - 1; column >= 0; column--)
        {
            double pivot = m[column][column];
            m[column] = m[column].Select(v => v / pivot).ToArray();
            for (int i = 0; i < column; i++)
            {
                double factor = m[i][column];
                for (int j = 0; j < 2 * size; j++) m[i][j] -= factor * m[column][j];
            }
        }
        return m.Select(row => row[size..]).ToArray();
    }

    static double Dot(double[] u, double[] v)
    {
        double sum = 0.0;
        for (int i = 0; i < u.Length; i++) sum += u[i] * v[i];
        return sum;
    }

    static double[] Apply(double[][] a, double[] v) => a.Select(row => Dot(row, v)).ToArray();

    static double[][] Transpose(double[][] a) =>
        Enumerable.Range(0, a[0].Length).Select(j => a.Select(row => row[j]).ToArray()).ToArray();

    static double[][] Multiply(double[][] a, double[][] b)
    {
        var columns = Transpose(b);
        return a.Select(row => columns.Select(column => Dot(row, column)).ToArray()).ToArray();
    }

    static double Largest(IEnumerable<double> v) => v.Max(Math.Abs);

    static long Rounded(double x)
    {
        long whole = (long)Math.Floor(x * 1000.0 + 0.5) % Modulus;
        return whole < 0 ? whole + Modulus : whole;
    }

    static long Digest(double[] v)
    {
        long hash = 0;
        foreach (double x in v) hash = (hash * 31 + Rounded(x)) % Modulus;
        return hash;
    }

    static void Assert(bool condition, string message)
    {
        if (!condition) throw new InvalidOperationException(message);
    }

    static long SolveOne(int number)
    {
        int size = 3 + Random(10);
        var a = RandomMatrix(size);
        var b = RandomVector(size);
        if (number % 8 == 7) a[size - 1] = a[0].Select(v => v * 2.0).ToArray(); // no solution
        var (x, determinant) = Solve(a, b);
        var errors = Apply(a, x).Zip(b, (p, q) => p - q);
        Assert(Largest(errors) < 0.001, "wrong solution");
        long hash = Digest(x) + Rounded(determinant);
        if (number % 4 == 0)
        {
            var inverted = Inverse(a);
            foreach (var row in inverted) hash = (hash * 31 + Digest(row)) % Modulus;
            var product = Multiply(a, inverted);
            for (int i = 0; i < size; i++) Assert(Math.Abs(product[i][i] - 1.0) < 0.001, "wrong inverse");
        }
        return hash;
    }

    public static long Run(int n)
    {
        seed = 31;
        long checksum = 0;
        int singular = 0;
        for (int i = 0; i < n; i++)
        {
            try
            {
                checksum = (checksum * 31 + SolveOne(i)) % Modulus;
            }
            catch (SingularException)
            {
                singular++;
            }
        }
        return (checksum * 31 + singular) % Modulus;
    }
}
