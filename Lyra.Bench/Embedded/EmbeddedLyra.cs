using System;

namespace Lyra.Bench.Embedded;

internal sealed class EmbeddedLyra : IEmbeddedEngine
{
    private readonly LyraEngine _engine = new();

    public EmbeddedLyra()
    {
        _engine.DefineType<EmbeddedBall>(type => type
            .Property("x", ball => ball.X, (ball, x) => ball.X = x)
            .Method("energy", (EmbeddedBall ball, int i) => ball.Energy(i)));
        _engine.Define("ball", new EmbeddedBall());
        _engine.Define("next", (int x) => x + 1);
        _engine.Define("repeat", (int n, Func<int, int> f) =>
        {
            int x = 0;
            for (int i = 0; i < n; i++)
            {
                x = f(x);
            }

            return (double)x;
        });
    }

    public string Name => "Lyra";

    public Func<int, double> Prepare(EmbeddedTask task)
    {
        _engine.Run(task.Lyra);
        if (!task.IsCalledByHost)
        {
            return _engine.GetProc<Func<int, double>>("run");
        }

        Func<double, int, double> price = _engine.GetProc<Func<double, int, double>>("price");
        return n =>
        {
            double sum = 0;
            for (int i = 0; i < n; i++)
            {
                sum += price(2.5, 3);
            }

            return sum;
        };
    }

    public void Dispose() => _engine.Dispose();
}
