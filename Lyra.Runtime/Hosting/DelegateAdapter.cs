using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>
/// Makes a delegate of the host callable as a proc. A delegate of up to <see cref="Arguments.Capacity"/> parameters is called through
/// generic code that is bound once, without reflection or boxing in the call. A delegate with more parameters or a <c>params</c> array is
/// called through a reflection invoker. Works without dynamic code.
/// </summary>
internal sealed partial class DelegateAdapter
{
    /// <summary>The name of a proc that the host did not name.</summary>
    public const string DefaultName = "<host>";

    /// <summary>Bytes of a delegate that scripts can call, with its description.</summary>
    public const long Bytes = 1000;

    private readonly string _name;
    private readonly Delegate _target;
    private readonly ParameterInfo[] _parameters;
    private readonly string[] _names;
    private readonly bool _hasRest;
    private readonly MethodInvoker? _invoker;

    private DelegateAdapter(string name, Delegate target, MethodInfo invoke)
    {
        _name = name;
        _parameters = invoke.GetParameters();
        _names = ParameterNames(target, _parameters);
        _hasRest = _parameters.Length > 0 && _parameters[^1].IsDefined(typeof(ParamArrayAttribute), inherit: false);
        if (_hasRest || _parameters.Length > Arguments.Capacity)
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
    /// <exception cref="ArgumentException">The delegate has a parameter that no script can pass.</exception>
    public static Intrinsic Create(string name, Delegate target, IntrinsicTraits traits = IntrinsicTraits.None)
    {
        MethodInfo invoke = target.GetType().GetMethod("Invoke")!;
        Check(name, invoke, ParameterNames(target, invoke.GetParameters()));
        DelegateAdapter adapter = new(name, target, invoke);
        return new Intrinsic(adapter.Signature(), adapter.Bind(invoke), IntrinsicTraits.CallsBack | traits) { OwnedBytes = Bytes };
    }

    /// <summary>Returns the delegate behind a library row; null when the row is not a host delegate.</summary>
    public static DelegateAdapter? Of(Intrinsic intrinsic) => intrinsic.Handler.Target as DelegateAdapter;

    /// <summary>
    /// A Func or Action that calls the delegate with all its parameters; null when the delegate is called by reflection. The caller
    /// converts its exceptions with <see cref="Failed"/>.
    /// </summary>
    public Delegate? Direct => _invoker is null ? _target : null;

    private static void Check(string name, MethodInfo invoke, string[] parameterNames)
    {
        foreach (ParameterInfo parameter in invoke.GetParameters())
        {
            if (IsUnsupported(parameter.ParameterType))
            {
                string which = parameterNames[parameter.Position];
                throw new ArgumentException(
                    $"The delegate for '{name}' can't be called by scripts: its parameter '{which}' is passed by reference, or is a "
                        + $"pointer, a span, "
                    + "or of a delegate type that a proc can't be converted to.");
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

    /// <summary>Returns the names that the host's method declares; the delegate type's names are less specific.</summary>
    private static string[] ParameterNames(Delegate target, ParameterInfo[] parameters)
    {
        ParameterInfo[] declared = target.Method.GetParameters();
        int skipped = declared.Length - parameters.Length;
        string[] names = new string[parameters.Length];
        for (int i = 0; i < names.Length; i++)
        {
            string? name = skipped is 0 or 1 ? declared[i + skipped].Name : parameters[i].Name;
            names[i] = string.IsNullOrEmpty(name) ? $"arg{i}" : name;
        }

        return names;
    }

    private static Type StandardType(MethodInfo invoke)
    {
        List<Type> types = [];
        foreach (ParameterInfo parameter in invoke.GetParameters())
        {
            types.Add(parameter.ParameterType);
        }

        if (invoke.ReturnType == typeof(void))
        {
            return types.Count == 0 ? typeof(Action) : Type.GetType($"System.Action`{types.Count}")!.MakeGenericType([.. types]);
        }

        types.Add(invoke.ReturnType);
        return Type.GetType($"System.Func`{types.Count}")!.MakeGenericType([.. types]);
    }

    private string Signature()
    {
        StringBuilder text = new StringBuilder(_name).Append('(');
        for (int i = 0; i < _names.Length; i++)
        {
            bool isRest = _hasRest && i == _names.Length - 1;
            text.Append(i == 0 ? string.Empty : ", ").Append(isRest ? "..." : string.Empty).Append(_names[i]);
            text.Append(_parameters[i].HasDefaultValue && !isRest ? "?" : string.Empty);
        }

        return text.Append(')').ToString();
    }

    private NativeFunction Bind(MethodInfo invoke)
    {
        if (_invoker is not null)
        {
            return InvokeByReflection;
        }

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
            converted[i] = IsMissing(arguments, i) ? _parameters[i].DefaultValue
                : HostReader.TryRead(arguments[i], type, context, out object? read) ? read
                : throw Refused(arguments[i], i, type);
        }

        if (_hasRest)
        {
            converted[single] = Rest(context, arguments.Length > single ? arguments[single..] : []);
        }

        context.HasForeignAllocations = true;
        try
        {
            return Result(context, _invoker!.Invoke(_target, converted.AsSpan()));
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
        Array rest = Array.CreateInstance(type, arguments.Length);
        for (int i = 0; i < arguments.Length; i++)
        {
            rest.SetValue(
                HostReader.TryRead(arguments[i], type, context, out object? read) ? read : throw Refused(arguments[i], position, type), i);
        }

        return rest;
    }

    private T Read<T>(ScriptContext context, ReadOnlySpan<Value> arguments, int index)
    {
        if (IsMissing(arguments, index))
        {
            return (T)_parameters[index].DefaultValue!;
        }

        return HostReader.TryRead(arguments[index], context, out T? value) ? value! : throw Refused(arguments[index], index, typeof(T));
    }

    private Value Result<T>(ScriptContext context, T result) => HostTasks.IsTask(result)
        ? HostTasks.Adopt(context, _name, result)
        : HostWriter.Write(result, context);

    private static bool IsMissing(ReadOnlySpan<Value> arguments, int index) => index >= arguments.Length || arguments[index].IsUnset;

    [DoesNotReturn]
    private ScriptErrorException Refused(in Value value, int index, Type type)
    {
        string subject = $"argument '{_names[index]}' of {_name}";
        if (value.IsAnyInt && ScriptTypes.NameOf(type) == "int")
        {
            return Throw.ValueError(
                $"{subject} is {HostReader.IntText(value)}, outside the range of the host's {ScriptTypes.Plain(type).Name}");
        }

        string given = Throw.TypeName(value);
        return Throw.TypeError(given == ScriptTypes.NameOf(ScriptTypes.Plain(type))
            ? $"{subject} is a {given} that does not fit the host's {ScriptTypes.HostName(type)}"
            : $"{subject} must be {ScriptTypes.NameOf(type)}, not {given}");
    }

    /// <summary>
    /// Converts an exception of the host's code to a HostError that carries it. An error of the same engine that only passed through the
    /// host (from a nested call) stays the same error, limits included.
    /// </summary>
    public static ScriptErrorException Failed(ScriptContext context, Exception exception) => exception switch
    {
        ScriptErrorException error => error,
        LyraException { Owner: { } owner } nested when ReferenceEquals(owner, context.Host.Caller) =>
            new ScriptErrorException(nested.Error),
        _ => HostTasks.ErrorFor(exception),
    };
}
