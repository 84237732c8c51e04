using System;
using Jint;
using Jint.Native;

namespace Lyra.Bench.Embedded;

internal sealed class EmbeddedJint : IEmbeddedEngine
{
    private readonly Engine _engine = new();

    public EmbeddedJint()
    {
        _engine.SetValue("ball", new EmbeddedBall());
        _engine.SetValue("next", new Func<int, int>(x => x + 1));
        _engine.SetValue("repeat", new Func<int, JsValue, JsValue>((n, f) =>
        {
            JsValue x = JsNumber.Create(0);
            for (int i = 0; i < n; i++)
            {
                x = f.Call(x);
            }

            return x;
        }));
    }

    public string Name => "Jint";

    public Func<int, double> Prepare(EmbeddedTask task)
    {
        _engine.Execute(task.JavaScript);
        if (!task.IsCalledByHost)
        {
            JsValue run = _engine.GetValue("run");
            return n => run.Call(JsNumber.Create(n)).AsNumber();
        }

        JsValue price = _engine.GetValue("price");
        return n =>
        {
            double sum = 0;
            for (int i = 0; i < n; i++)
            {
                sum += price.Call(JsNumber.Create(2.5), JsNumber.Create(3)).AsNumber();
            }

            return sum;
        };
    }

    public void Dispose() => _engine.Dispose();
}
