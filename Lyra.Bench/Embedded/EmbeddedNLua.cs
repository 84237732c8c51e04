using System;
using System.Globalization;
using NLua;

namespace Lyra.Bench.Embedded;

internal sealed class EmbeddedNLua : IEmbeddedEngine
{
    private readonly Lua _lua = new();

    public EmbeddedNLua()
    {
        _lua["ball"] = new EmbeddedBall();
        _lua["next"] = new Func<int, int>(x => x + 1);
        // The name repeat is a keyword of Lua.
        _lua["again"] = new Func<int, LuaFunction, double>((n, f) =>
        {
            object x = 0L;
            for (int i = 0; i < n; i++)
            {
                x = f.Call(x)[0];
            }

            return Number(x);
        });
    }

    public string Name => "NLua";

    public Func<int, double> Prepare(EmbeddedTask task)
    {
        _lua.DoString(task.Lua);
        if (!task.IsCalledByHost)
        {
            LuaFunction run = (LuaFunction)_lua["run"];
            return n => Number(run.Call(n)[0]);
        }

        LuaFunction price = (LuaFunction)_lua["price"];
        return n =>
        {
            double sum = 0;
            for (int i = 0; i < n; i++)
            {
                sum += Number(price.Call(2.5, 3)[0]);
            }

            return sum;
        };
    }

    public void Dispose() => _lua.Dispose();

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);
}
