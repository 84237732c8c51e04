using System;
using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>Code that is generic over a type of the host, for types that are known only at run time.</summary>
/// <remarks>
/// A native AOT program has such code for reference types, which share it, for the types of <see cref="CompiledFor"/>, and for those that
/// the host names with <see cref="LyraConversions.Register{T}"/>.
/// </remarks>
internal abstract class TypedCode
{
    private static readonly TypeTable<TypedCode?> Known = new();

    /// <exception cref="NotSupportedException">The program is compiled ahead of time and has no such code.</exception>
    public static TypedCode For(Type type) => Known.GetOrAdd(type, Make) ?? throw new NotSupportedException(
        $"This program is compiled ahead of time, and has no code for collections and tasks of {type}. "
            + $"Call LyraConversions.Register<{type.Name}>() first.");

    /// <summary>Makes the code of a type known.</summary>
    public static void Learn<T>() => Known.Set(typeof(T), new TypedCode<T>());

    /// <summary>Copies a list, tuple, set, range or byte buffer to an array.</summary>
    public abstract bool ToArray(in Value value, ScriptContext? context, out object? result);

    /// <summary>As <see cref="ToArray"/>, but a range is enumerated by the host and takes no memory.</summary>
    public abstract bool ToSequence(in Value value, ScriptContext? context, out object? result);

    /// <summary>Copies the same to a <see cref="List{T}"/>.</summary>
    public abstract bool ToList(in Value value, ScriptContext? context, out object? result);

    /// <summary>Copies a set to a <see cref="HashSet{T}"/>.</summary>
    public abstract bool ToSet(in Value value, ScriptContext? context, out object? result);

    /// <summary>An <see cref="IList{T}"/> as a script uses it in place.</summary>
    public abstract ScriptObject WrapList(object source);

    /// <summary>An <see cref="IReadOnlyList{T}"/> as a script uses it in place.</summary>
    public abstract ScriptObject WrapReadOnlyList(object source);

    /// <summary>An <see cref="ISet{T}"/> as a script uses it in place.</summary>
    public abstract ScriptObject WrapSet(object source);

    /// <summary>An <see cref="IReadOnlySet{T}"/> as a script uses it in place.</summary>
    public abstract ScriptObject WrapReadOnlySet(object source);

    /// <summary>An <see cref="IEnumerable{T}"/> as a script reads it.</summary>
    public abstract ScriptObject WrapSequence(object source);

    /// <summary>An <see cref="IAsyncEnumerable{T}"/> as a script reads it.</summary>
    public abstract ScriptObject WrapAsyncSequence(object source);

    /// <summary>A <see cref="Memory{T}"/> as a script uses it in place.</summary>
    public abstract ScriptObject WrapMemory(object source);

    /// <summary>The script's value of the result of a finished <see cref="Task{TResult}"/>.</summary>
    public abstract Value ResultOf(Task task, ScriptContext context);

    /// <summary>The task of a <see cref="ValueTask{TResult}"/>.</summary>
    public abstract Task AsTask(object valueTask);

    /// <summary>Calls of procs by delegates that return a task with a result of the type.</summary>
    public abstract ProcTask CallsWithResult(bool isValueTask);

    /// <summary>The code for dictionaries from strings to the type.</summary>
    protected internal abstract TypedPair FromStrings { get; }

    private static TypedCode? Make(Type type)
    {
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            return (TypedCode)Activator.CreateInstance(typeof(TypedCode<>).MakeGenericType(type))!;
        }

        return type.IsValueType ? CompiledFor(type)
            : (TypedCode)Activator.CreateInstance(typeof(TypedReferenceCode<>).MakeGenericType(type))!;
    }

    private static TypedCode? CompiledFor(Type type) => type == typeof(bool) ? new TypedCode<bool>()
        : type == typeof(byte) ? new TypedCode<byte>()
        : type == typeof(char) ? new TypedCode<char>()
        : type == typeof(int) ? new TypedCode<int>()
        : type == typeof(long) ? new TypedCode<long>()
        : type == typeof(float) ? new TypedCode<float>()
        : type == typeof(double) ? new TypedCode<double>()
        : type == typeof(decimal) ? new TypedCode<decimal>()
        : type == typeof(BigInteger) ? new TypedCode<BigInteger>()
        : type == typeof(DateTime) ? new TypedCode<DateTime>()
        : type == typeof(DateTimeOffset) ? new TypedCode<DateTimeOffset>()
        : type == typeof(TimeSpan) ? new TypedCode<TimeSpan>()
        : type == typeof(Guid) ? new TypedCode<Guid>()
        : type == typeof(LyraValue) ? new TypedCode<LyraValue>()
        : null;
}

/// <summary>The code for one type.</summary>
internal class TypedCode<T> : TypedCode
{
    protected internal override TypedPair FromStrings => new TypedPair<string, T>();

    public override bool ToArray(in Value value, ScriptContext? context, out object? result)
    {
        result = Read(value, context);
        return result is not null;
    }

    public override bool ToSequence(in Value value, ScriptContext? context, out object? result)
    {
        result = value.Ref is RangeObject range ? RangeSequence<T>.Of(range) : null;
        return result is not null || ToArray(value, context, out result);
    }

    public override bool ToList(in Value value, ScriptContext? context, out object? result)
    {
        result = null;
        if (Read(value, context) is { } items)
        {
            HostContainers.Charge(context, items.Length, Unsafe.SizeOf<T>());
            result = new List<T>(items);
        }

        return result is not null;
    }

    public override bool ToSet(in Value value, ScriptContext? context, out object? result)
    {
        result = null;
        if (value.Ref is SetObject && Read(value, context) is { } items)
        {
            HostContainers.Charge(context, items.Length, HostContainers.EntryBytes + Unsafe.SizeOf<T>());
            result = new HashSet<T>(items);
        }

        return result is not null;
    }

    public override ScriptObject WrapList(object source) => source is T[] array ? new HostItems<T>(array, array)
        : source.GetType() == typeof(List<T>) ? new HostItems<T>((List<T>)source)
        : new HostList<T>((IList<T>)source);

    public override ScriptObject WrapReadOnlyList(object source) => new HostReadOnlyList<T>((IReadOnlyList<T>)source);

    public override ScriptObject WrapSet(object source) => new HostSet<T>((ISet<T>)source);

    public override ScriptObject WrapReadOnlySet(object source) => new HostReadOnlySet<T>((IReadOnlySet<T>)source);

    public override ScriptObject WrapSequence(object source) => new HostSequence<T>(((IEnumerable<T>)source).GetEnumerator());

    public override ScriptObject WrapAsyncSequence(object source) => new HostAsyncSequence<T>((IAsyncEnumerable<T>)source);

    public override ScriptObject WrapMemory(object source) =>
        MemoryMarshal.TryGetArray((Memory<T>)source, out ArraySegment<T> part) ? new HostItems<T>(part, source)
            : new HostMemory<T>((Memory<T>)source);

    public override Value ResultOf(Task task, ScriptContext context) => HostWriter.Write(((Task<T>)task).Result, context);

    public override Task AsTask(object valueTask) => ((ValueTask<T>)valueTask).AsTask();

    public override ProcTask CallsWithResult(bool isValueTask) => new ProcTask.WithResult<T>(isValueTask);

    private static T[]? Read(in Value value, ScriptContext? context)
    {
        if (HostContainers.Items(value, context) is not { } items)
        {
            return null;
        }

        HostContainers.Charge(context, items.Length, Unsafe.SizeOf<T>());
        T[] copy = new T[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            if (!HostReader.TryRead(items[i], context, out T? item))
            {
                return null;
            }

            copy[i] = item!;
        }

        return copy;
    }
}

/// <summary>The code for a reference type. Native AOT compiles it once for all of them.</summary>
internal sealed class TypedReferenceCode<T> : TypedCode<T>
    where T : class;
