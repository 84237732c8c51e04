using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Modules;

/// <summary>
/// Module <c>jit</c>: <c>on</c> and <c>off</c> enable and disable the compiling tier of this engine, if it has one; the results of a
/// program don't depend on it. <c>stats</c> and <c>status</c> are for human readers.
/// </summary>
internal static class JitModule
{
    public static void Rows(RowReader rows)
    {
        rows.Row("on()")?.Register(static (c, _) => Switch(c, isOn: true));
        rows.Row("off()")?.Register(static (c, _) => Switch(c, isOn: false));
        rows.Row("stats()")?.Register(static (c, _) => Make.Map(c, c.Host.Jit?.Stats ?? []));
        rows.Row("status()")?.Register(static (c, _) => Make.Text(c, StatusText(c.Host.Jit)));

    }

    private static Value Switch(ScriptContext context, bool isOn)
    {
        if (context.Host.Jit is { IsAvailable: true } jit)
        {
            jit.IsOn = isOn;
        }

        return Value.Nil;
    }

    private static string StatusText(IJitControl? jit)
    {
        if (jit is null)
        {
            return "off (no JIT)";
        }

        if (!jit.IsAvailable)
        {
            return "off (not available on this platform)";
        }

        return jit.IsOn ? "on" : "off";
    }
}
