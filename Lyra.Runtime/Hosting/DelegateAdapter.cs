using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// Makes a delegate of the host callable as a proc. A delegate of up to <see cref="Arguments.Capacity"/> parameters is called through
/// generic code that is bound once, without reflection or boxing in the call. A delegate with more parameters or a <c>params</c> array is
/// called through a reflection invoker, and so are all delegates where there is no dynamic code (native AOT). An engine or a
/// <see cref="CancellationToken"/> among the parameters is given, not passed by the script.
/// </summary>
internal sealed partial class DelegateAdapter
{
    /// <summary>The name of a proc that the host did not name.</summary>
    public const string DefaultName = "<host>";

    /// <summary>The name of the accessors of an indexer.</summary>
    public const string Indexer = "[]";

    /// <summary>The position of a parameter that is given.</summary>
    private const int Given = -1;

    /// <summary>Bytes of a delegate that scripts can call, with its description.</summary>
    public const long Bytes = 1000;

    private static readonly Type[] Actions =
    [
        typeof(Action<>), typeof(Action<,>), typeof(Action<,,>), typeof(Action<,,,>),
        typeof(Action<,,,,>), typeof(Action<,,,,,>), typeof(Action<,,,,,,>), typeof(Action<,,,,,,,>),
    ];

    private static readonly Type[] Functions =
    [
        typeof(Func<>), typeof(Func<,>), typeof(Func<,,>), typeof(Func<,,,>), typeof(Func<,,,,>),
        typeof(Func<,,,,,>), typeof(Func<,,,,,,>), typeof(Func<,,,,,,,>), typeof(Func<,,,,,,,,>),
    ];

    /// <summary>The name of the parameter for the object of which a delegate is a member.</summary>
    private const string Self = "self";

    /// <summary>What describes the parameters of a delegate in its place.</summary>
    /// <param name="Method">The method that has their names and default values; null where the delegate has them.</param>
    /// <param name="Names">Their names, and maybe more; null for those that the method or the delegate has.</param>
    private readonly record struct ParameterSource(MethodBase? Method, string[]? Names);

    private readonly string _name;
    private readonly string? _property;
    private readonly Delegate _target;
    private readonly ParameterInfo[] _parameters;
    private readonly string[] _names;
    private readonly ParameterInfo[] _described;
    private readonly bool _hasRest;
    private readonly MethodInvoker? _invoker;

    /// <summary>The argument for each parameter, or <see cref="Given"/>; null where each argument is at its parameter's position.</summary>
    private readonly int[]? _positions;

    private DelegateAdapter(string name, string? property, Delegate target, MethodInfo invoke, in ParameterSource source)
    {
        _name = name;
        _property = property;
        _parameters = invoke.GetParameters();
        _described = source.Method is null ? WithDefaults(target, _parameters) : Describe(source.Method, _parameters);
        _names = source.Names is not null ? source.Names[.._parameters.Length]
            : source.Method is null ? ParameterNames(target, _parameters)
            : NamesOf(source.Method, _parameters.Length);
        Declaring = ((source.Method as MethodInfo)?.GetBaseDefinition() ?? source.Method)?.DeclaringType;
        _positions = PositionsOf(_parameters);
        _hasRest = _described.Length > 0 && _described[^1].IsDefined(typeof(ParamArrayAttribute), inherit: false);
        if (_hasRest || _parameters.Length > Arguments.Capacity || !RuntimeFeature.IsDynamicCodeSupported)
        {
            _target = target;
            _invoker = MethodInvoker.Create(invoke);
            return;
        }

        // A custom delegate type, or one that the compiler made for a lambda, becomes a Func or Action of the same signature.
        Type shape = StandardType(invoke);
        _target = shape.IsInstanceOfType(target) ? target : Delegate.CreateDelegate(shape, target, invoke);
    }

    /// <summary>Makes the library row of a delegate: its parameters by name; those with a default value are optional.</summary>
    /// <exception cref="ArgumentException">
    /// The delegate has a parameter that no script can pass, or is <c>async void</c>: its errors would end the process.
    /// </exception>
    public static Intrinsic Create(string name, Delegate target, IntrinsicTraits traits = IntrinsicTraits.None)
    {
        bool isAsync = target.Method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false);
        return isAsync && target.Method.ReturnType == typeof(void)
            ? throw new ArgumentException(
                $"The delegate of '{name}' is async and returns void, so no script could await it or catch its errors. Return a Task: "
                    + $"engine.Define(\"{name}\", async Task () => …).")
            : Create(name, owner: null, target, traits, isProperty: false, default, isMember: false);
    }

    /// <summary>Makes the library row of a delegate that is a member of a host type, with the object as its first parameter.</summary>
    /// <param name="name">The name of the member.</param>
    /// <param name="owner">The name of the type.</param>
    /// <param name="target">The delegate.</param>
    /// <param name="isProperty">Whether it reads or writes a property or an indexer.</param>
    /// <param name="described">
    /// The method that has the names and default values of the parameters; null where the delegate has them.
    /// </param>
    /// <param name="names">The names of the parameters, and maybe more; null for those that the method or the delegate has.</param>
    /// <exception cref="ArgumentException">The delegate has a parameter that no script can pass.</exception>
    public static Intrinsic CreateMember(
        string name, string? owner, Delegate target, bool isProperty = false, MethodBase? described = null, string[]? names = null) =>
        Create(name, owner, target, IntrinsicTraits.None, isProperty, new ParameterSource(described, names), isMember: true);

    private static Intrinsic Create(
        string name,
        string? owner,
        Delegate target,
        IntrinsicTraits traits,
        bool isProperty,
        in ParameterSource source,
        bool isMember)
    {
        MethodInfo invoke = DelegateSignature.Of(target.GetType());
        Check(name, invoke, ParameterNames(target, invoke.GetParameters()), isMember);
        string full = owner is null ? name : $"{owner}.{name}";
        string? property = isProperty && name != Indexer ? $"'{name}' of {owner}" : null;
        DelegateAdapter adapter = new(full, property, target, invoke, source) { IsProperty = isProperty };
        return new Intrinsic(adapter.Signature(name), adapter.Bind(invoke), IntrinsicTraits.CallsBack | traits, owner: owner)
        {
            OwnedBytes = Bytes,
        };
    }

    /// <summary>Returns the delegate behind a library row; null when the row is not a host delegate.</summary>
    public static DelegateAdapter? Of(Intrinsic intrinsic) => intrinsic.Handler.Target as DelegateAdapter;

    /// <summary>
    /// A Func or Action that calls the delegate with all its parameters; null when the delegate is called by reflection. The caller
    /// converts its exceptions with <see cref="Failed"/>.
    /// </summary>
    public Delegate? Direct => _invoker is null ? _target : null;

    /// <summary>
    /// The default values of the parameters from a position on; null when one of them has none, or is given instead of passed.
    /// </summary>
    public object?[]? DefaultsFrom(int position)
    {
        ParameterInfo[] missing = _described[Math.Min(position, _described.Length)..];
        return _positions is null && Array.TrueForAll(missing, static parameter => parameter.HasDefaultValue)
            ? Array.ConvertAll(missing, HostDefaults.Of)
            : null;
    }

    /// <summary>The field that the delegate does nothing but read or write, where the delegate itself does not show that.</summary>
    public FieldInfo? Field { get; set; }

    /// <summary>What the delegate does; belongs to the compiler's <c>HostAccessor</c>. Null before its first use.</summary>
    public object? Accessor { get; set; }

    /// <summary>Whether it reads or writes a property or an indexer: a part of its object.</summary>
    public bool IsProperty { get; private init; }

    /// <summary>Whether a parameter is given: the engine that calls, or the token of its run.</summary>
    public static bool IsGiven(Type type) => type == typeof(CancellationToken) || typeof(IScriptCaller).IsAssignableFrom(type);

    private static int[]? PositionsOf(ParameterInfo[] parameters)
    {
        if (!Array.Exists(parameters, static p => IsGiven(p.ParameterType)))
        {
            return null;
        }

        int next = 0;
        return Array.ConvertAll(parameters, p => IsGiven(p.ParameterType) ? Given : next++);
    }

    /// <summary>Whether scripts can call a delegate with these parameters and this result.</summary>
    public static bool CanCall(ParameterInfo[] parameters, Type result) =>
        !Array.Exists(parameters, static parameter => IsUnsupported(parameter.ParameterType)) && !ProcAdapter.IsByRefOrPointer(result);

    /// <param name="name">The name of the proc.</param>
    /// <param name="invoke">The signature.</param>
    /// <param name="parameterNames">The names of the parameters.</param>
    /// <param name="isMember">Whether it is a member of a type, which may take objects of types that are defined later.</param>
    private static void Check(string name, MethodInfo invoke, string[] parameterNames, bool isMember)
    {
        foreach (ParameterInfo parameter in invoke.GetParameters())
        {
            Type type = parameter.ParameterType;
            string which = parameterNames[parameter.Position];
            if (IsUnsupported(type))
            {
                throw new ArgumentException(
                    $"The delegate for '{name}' can't be called by scripts: its parameter '{which}' is passed by reference, or is a "
                        + "pointer, a span, or of a delegate type that a proc can't be converted to.");
            }

            if (!isMember && !IsGiven(type) && !HostObjects.IsKnown(type) && FindUnreadable(type) is { } unreadable)
            {
                throw new ArgumentException(
                    $"The delegate for '{name}' can't be called by scripts: no script value converts to {unreadable}, the type of its "
                        + $"parameter '{which}'. "
                        + (HostRecords.HintFor(unreadable) ?? "Use LyraValue, a record or class of your own, or a common type."));
            }
        }

        if (ProcAdapter.IsByRefOrPointer(invoke.ReturnType))
        {
            throw new ArgumentException($"The delegate for '{name}' can't be called by scripts: it returns a reference, pointer or span.");
        }
    }

    /// <summary>Whether no argument can be read as the type, or as its element type.</summary>
    private static bool IsUnsupported(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return !ProcAdapter.Fits(type);
        }

        return ProcAdapter.IsByRefOrPointer(type)
            || (type.GetElementType() is { } element && IsUnsupported(element))
            || (type.IsGenericType && Array.Exists(type.GetGenericArguments(), IsUnsupported));
    }

    /// <summary>Returns the type, or the type in it, that no script value converts to; null when there is none.</summary>
    private static Type? FindUnreadable(Type type)
    {
        if (!HostConverters.IsReadable(type))
        {
            return type;
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return null;
        }

        return type.GetElementType() is { } element ? FindUnreadable(element)
            : type.IsGenericType && HostContainers.ConverterFor(type) is not null
                ? Array.Find(Array.ConvertAll(type.GetGenericArguments(), FindUnreadable), static t => t is not null)
            : null;
    }

    /// <summary>Returns the names that the host's method declares; the delegate type's names are less specific.</summary>
    private static string[] ParameterNames(Delegate target, ParameterInfo[] parameters)
    {
        ParameterInfo[] declared = target.Method.GetParameters();
        int skipped = declared.Length - parameters.Length;
        string[] names = new string[parameters.Length];
        for (int i = 0; i < names.Length; i++)
        {
            string? name = i + skipped < 0 ? Self : skipped is >= -1 and <= 1 ? declared[i + skipped].Name : parameters[i].Name;
            names[i] = string.IsNullOrEmpty(name) ? $"arg{i}" : name;
        }

        return names;
    }

    /// <summary>
    /// The parameters with their default values. A trimmed program does not have those of a delegate type that the compiler made for a
    /// lambda; the method of the lambda has them.
    /// </summary>
    private static ParameterInfo[] WithDefaults(Delegate target, ParameterInfo[] parameters)
    {
        if (!Array.Exists(parameters, static p => p.HasDefaultValue && p.DefaultValue is null))
        {
            return parameters;
        }

        ParameterInfo[] declared = target.Method.GetParameters();
        int skipped = declared.Length - parameters.Length;
        return skipped is not (0 or 1) ? parameters : Array.ConvertAll(
            parameters, p => p.HasDefaultValue && declared[p.Position + skipped].HasDefaultValue ? declared[p.Position + skipped] : p);
    }

    /// <summary>
    /// The parameters of a method that a delegate calls; before them those of the delegate that the method has not: the object.
    /// </summary>
    private static ParameterInfo[] Describe(MethodBase method, ParameterInfo[] parameters)
    {
        ParameterInfo[] own = method.GetParameters();
        return [.. parameters.AsSpan(0, parameters.Length - own.Length), .. own];
    }

    private static string[] NamesOf(MethodBase method, int count)
    {
        string[] own = Array.ConvertAll(method.GetParameters(), static parameter => parameter.Name ?? $"arg{parameter.Position}");
        return own.Length == count ? own : [Self, .. own];
    }

    [RequiresDynamicCode("The type is made at run time.")]
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "Func and Action require nothing of their type arguments.")]
    private static Type StandardType(MethodInfo invoke)
    {
        List<Type> types = [];
        foreach (ParameterInfo parameter in invoke.GetParameters())
        {
            types.Add(parameter.ParameterType);
        }

        if (invoke.ReturnType == typeof(void))
        {
            return types.Count == 0 ? typeof(Action) : Actions[types.Count - 1].MakeGenericType([.. types]);
        }

        types.Add(invoke.ReturnType);
        return Functions[types.Count - 1].MakeGenericType([.. types]);
    }

    private string Signature(string name)
    {
        StringBuilder text = new StringBuilder(name).Append('(');
        string separator = string.Empty;
        for (int i = 0; i < _names.Length; i++)
        {
            if (IsGiven(_parameters[i].ParameterType))
            {
                continue;
            }

            bool isRest = _hasRest && i == _names.Length - 1;
            text.Append(separator).Append(isRest ? "..." : string.Empty).Append(_names[i]);
            text.Append(_described[i].HasDefaultValue && !isRest ? "?" : string.Empty);
            separator = ", ";
        }

        return text.Append(')').ToString();
    }

    private NativeFunction Bind(MethodInfo invoke)
    {
        return _invoker is not null || !RuntimeFeature.IsDynamicCodeSupported ? InvokeByReflection : BindGeneric(invoke);
    }

    [RequiresDynamicCode("The code for the types is made at run time.")]
    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The handlers require nothing of their type arguments.")]
    private NativeFunction BindGeneric(MethodInfo invoke)
    {
        bool isAction = invoke.ReturnType == typeof(void);
        MethodInfo handler = typeof(DelegateAdapter).GetMethod(
            (isAction ? "Action" : "Func") + _parameters.Length, BindingFlags.Instance | BindingFlags.NonPublic)!;
        if (handler.IsGenericMethodDefinition)
        {
            handler = handler.MakeGenericMethod(_target.GetType().GetGenericArguments());
        }

        return handler.CreateDelegate<NativeFunction>(this);
    }

    private Value InvokeByReflection(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        object?[] converted = new object?[_parameters.Length];
        int single = _hasRest ? converted.Length - 1 : converted.Length;
        for (int i = 0; i < single; i++)
        {
            Type type = _parameters[i].ParameterType;
            int position = PositionOf(i);
            converted[i] = position == Given ? GivenTo(type, context)
                : IsMissing(arguments, position) ? HostDefaults.Of(_described[i])
                : HostReader.TryReadArgument(arguments[position], type, context, i == 0, out object? read) ? read
                : throw Refused(arguments[position], i, type);
        }

        if (_hasRest)
        {
            int first = PositionOf(single);
            converted[single] = Rest(context, arguments.Length > first ? arguments[first..] : []);
        }

        context.HasForeignAllocations = true;
        try
        {
            return Result(context, arguments, _invoker!.Invoke(_target, converted.AsSpan()));
        }
        catch (Exception e)
        {
            // Every exception of the host's code becomes an error of the script.
            throw Failed(context, e);
        }
    }

    private Array Rest(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        int position = _parameters.Length - 1;
        Type type = _parameters[position].ParameterType.GetElementType()!;
        Array rest = Array.CreateInstanceFromArrayType(_parameters[position].ParameterType, arguments.Length);
        for (int i = 0; i < arguments.Length; i++)
        {
            rest.SetValue(
                HostReader.TryReadArgument(arguments[i], type, context, position + i == 0, out object? read) ? read
                    : throw Refused(arguments[i], position, type),
                i);
        }

        return rest;
    }

    private T Read<T>(ScriptContext context, ReadOnlySpan<Value> arguments, int index)
    {
        int position = PositionOf(index);
        if (position == Given)
        {
            return (T)GivenTo(typeof(T), context)!;
        }

        if (IsMissing(arguments, position))
        {
            return HostDefaults.Of(_described[index]) is { } given ? (T)given : default!;
        }

        return HostReader.TryReadArgument(arguments[position], context, index == 0, out T? value)
            ? value!
            : throw Refused(arguments[position], index, typeof(T));
    }

    private ScriptErrorException Refused(in Value value, int index, Type type) =>
        HostReader.Refused(_property ?? $"argument '{_names[index]}' of {_name}", value, type);

    /// <summary>The argument for a parameter.</summary>
    private int PositionOf(int parameter) => _positions is null ? parameter : _positions[parameter];

    private static object? GivenTo(Type type, ScriptContext context) =>
        type == typeof(CancellationToken) ? context.Host.Caller?.RunToken ?? default : context.Host.Caller;

    /// <summary>The script's value of a result. A collection that is a property is used in place; other collections are copied.</summary>
    private Value Result<T>(ScriptContext context, ReadOnlySpan<Value> arguments, T result) => HostTasks.IsTask(result)
        ? HostTasks.Adopt(context, _name, result)
        : HostWriter.WriteResult(result, context, arguments.Length == 0 ? null : arguments[0].Ref, IsProperty);

    private static bool IsMissing(ReadOnlySpan<Value> arguments, int index) => index >= arguments.Length || arguments[index].IsUnset;

    /// <summary>
    /// Converts an exception of the host's code to a HostError that carries it. An error of the same engine that only passed through the
    /// host (from a nested call) stays the same error, limits included.
    /// </summary>
    public static ScriptErrorException Failed(ScriptContext context, Exception exception) => exception switch
    {
        ScriptErrorException error => error,
        LyraException { Owner: { } owner } nested when ReferenceEquals(owner, context.Host.Caller) =>
            new ScriptErrorException(nested.Error),
        LyraCanceledException nested when ReferenceEquals(nested.Owner, context.Host.Caller) => new ScriptErrorException(nested.Error),
        _ => HostTasks.ErrorFor(exception),
    };
}
