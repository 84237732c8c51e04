using System.Runtime.CompilerServices;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Helpers;

/// <content>Parts of calls of the host's delegates. The call raises their exceptions; see <see cref="Regions.EntryScope"/>.</content>
internal static partial class RegionHelpers
{
    public static readonly RegionHelper IsHost = Row(nameof(IsHostValue), IrType.Bool, Pure);

    internal static bool IsHostValue(object? reference, long bits) => ScriptObject.IsHost(reference);

    internal static Value CallHandler(ScriptContext context, NativeFunction handler, ref NativeArguments arguments, int count) =>
        handler(context, NativeArguments.Span(ref arguments, count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LyraValue NumberForHost(object? reference, long bits) => new(new Value(reference, bits));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static LyraValue ValueForHost(object? reference, long bits, ScriptContext context)
    {
        Value value = new(reference, bits);
        EngineBoundary.Leave(context, value);
        return new LyraValue(value);
    }

    /// <summary>The result of a delegate, charged: the host may have made it for this call.</summary>
    internal static Value ValueFromHost(ScriptContext context, LyraValue value) => HostWriter.Write(value, context);

    /// <summary>The value of an object that a delegate returns, charged; nil for null.</summary>
    internal static Value ObjectFromHost(ScriptContext context, object? target) => HostWriter.Write(target, context);

    /// <summary>The value of an object that a property holds.</summary>
    internal static Value PropertyFromHost(ScriptContext context, object? target) => HostWriter.WriteProperty(target, context);

    /// <summary>The str of a delegate's text, charged; nil for null.</summary>
    internal static Value TextFromHost(ScriptContext context, string? text) => HostWriter.Write(text, context);
}
