using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Execution;

namespace Lyra.Jit.Regions;

/// <summary>
/// Stores groups of values in the exit buffers, from an index above their top on. Most of a region's code are exits, which rarely run, but
/// the CLR compiles them all: a call takes a fraction of the IL and of the time that stores of the elements take.
/// </summary>
internal static class ExitStores
{
    /// <summary>The number of values that one call stores, of so many that follow each other.</summary>
    public static int SizeOfGroup(int count) => count >= 8 ? 8 : Math.Min(count, 4);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StoreObjects1(ScriptContext context, int index, object? a)
    {
        ExitBuffers buffers = context.Regions.Exits!;
        buffers.Objects[buffers.Top + index] = new(a);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StoreObjects2(ScriptContext context, int index, object? a, object? b)
    {
        ExitBuffers buffers = context.Regions.Exits!;
        Store(buffers.Objects.AsSpan(buffers.Top + index, 2), new(a), new(b));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StoreObjects3(ScriptContext context, int index, object? a, object? b, object? c)
    {
        ExitBuffers buffers = context.Regions.Exits!;
        Store(buffers.Objects.AsSpan(buffers.Top + index, 3), new(a), new(b), new(c));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StoreInts1(ScriptContext context, int index, long a)
    {
        ExitBuffers buffers = context.Regions.Exits!;
        buffers.Ints[buffers.Top + index] = a;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StoreInts2(ScriptContext context, int index, long a, long b)
    {
        ExitBuffers buffers = context.Regions.Exits!;
        Store(buffers.Ints.AsSpan(buffers.Top + index, 2), a, b);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StoreInts3(ScriptContext context, int index, long a, long b, long c)
    {
        ExitBuffers buffers = context.Regions.Exits!;
        Store(buffers.Ints.AsSpan(buffers.Top + index, 3), a, b, c);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StoreObjects4(ScriptContext context, int index, object? a, object? b, object? c, object? d)
    {
        ExitBuffers buffers = context.Regions.Exits!;
        Store(buffers.Objects.AsSpan(buffers.Top + index, 4), new(a), new(b), new(c), new(d));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StoreObjects8(
        ScriptContext context, int index, object? a, object? b, object? c, object? d, object? e, object? f, object? g, object? h)
    {
        ExitBuffers buffers = context.Regions.Exits!;
        Span<ExitReference> to = buffers.Objects.AsSpan(buffers.Top + index, 8);
        Store(to, new(a), new(b), new(c), new(d));
        Store(to[4..], new(e), new(f), new(g), new(h));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StoreInts4(ScriptContext context, int index, long a, long b, long c, long d)
    {
        ExitBuffers buffers = context.Regions.Exits!;
        Store(buffers.Ints.AsSpan(buffers.Top + index, 4), a, b, c, d);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StoreInts8(ScriptContext context, int index, long a, long b, long c, long d, long e, long f, long g, long h)
    {
        ExitBuffers buffers = context.Regions.Exits!;
        Span<long> to = buffers.Ints.AsSpan(buffers.Top + index, 8);
        Store(to, a, b, c, d);
        Store(to[4..], e, f, g, h);
    }

    private static void Store<T>(Span<T> to, T a, T b)
    {
        to[0] = a;
        to[1] = b;
    }

    private static void Store<T>(Span<T> to, T a, T b, T c)
    {
        Store(to, a, b);
        to[2] = c;
    }

    private static void Store<T>(Span<T> to, T a, T b, T c, T d)
    {
        Store(to, a, b, c);
        to[3] = d;
    }
}
