using System;
using System.Diagnostics.CodeAnalysis;
using Lyra.Interpreter.Hosting;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.HostTypes;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra;

/// <content>Types of the host.</content>
public sealed partial class LyraEngine
{
    /// <summary>
    /// Lets scripts use objects of a type: their members, as the source generator found them marked by <see cref="LyraMemberAttribute"/>.
    /// Scripts know the type by its name, in annotations and patterns and to construct objects. Of an enum, they see the members as the
    /// cases of an enum of their own, with the numbers in <c>value</c>; where it is not defined, they see the names as strs.
    /// </summary>
    /// <typeparam name="T">The type. If it has no marked members, scripts can only pass its objects on.</typeparam>
    /// <exception cref="ArgumentException">The engine has the type already, or another global has its name.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    public void DefineType<T>()
        where T : notnull => DefineType<T>(static _ => { });

    /// <summary>
    /// Lets scripts use objects of a type: the members that are named here, and those that the source generator found marked.
    /// </summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="members">Names the members.</param>
    /// <exception cref="ArgumentException">The engine has the type already, another global has its name, or members contradict each
    /// other.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    public void DefineType<T>(Action<LyraTypeBuilder<T>> members)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(members);
        LyraTypeBuilder<T> builder = GeneratedTypes.Begin<T>();
        members(builder);
        Add(builder);
    }

    /// <summary>Lets scripts use objects of a type: the members that reflection finds.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="options">Which members these are, and the name of the type.</param>
    /// <exception cref="ArgumentException">The engine has the type already, another global has its name, or two members would have the same
    /// name.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    [RequiresUnreferencedCode("Reflection finds the members, which a trimmed program may not have. Mark the type with [LyraType] instead.")]
    [RequiresDynamicCode("Delegates for the members are made at run time. Mark the type with [LyraType] instead.")]
    public void DefineType<T>(LyraTypeOptions options)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(options);
        LyraTypeBuilder<T> builder = new(options.Name ?? MemberName.OfType(typeof(T)));
        if (!typeof(T).IsEnum)
        {
            ReflectedMembers.AddTo(builder, options.Members);
        }

        Add(builder);
    }

    private void Add<T>(LyraTypeBuilder<T> builder)
        where T : notnull
    {
        if (!typeof(T).IsEnum)
        {
            Add<T>(builder.Build());
            return;
        }

        if (builder.HasMembers)
        {
            throw new ArgumentException(
                $"The type {builder.TypeName} is an enum, whose values have no members but name, ordinal and value.");
        }

        Identifier.Check(builder.TypeName);
        HostEnumType type = InGate((Engine: this, Name: builder.TypeName), static state =>
        {
            Interpreter.Execution.Interpreter interpreter = state.Engine._interpreter;
            state.Engine.RequireFree(state.Name);
            HostEnumType type = interpreter.Structs.Declare(state.Name, typeof(T));
            (interpreter.HostTypes ??= new HostTypeTable()).Add(type);
            return type;
        });
        Globals.DefineConstant(type.Name, Value.FromObject(type));
    }

    private void Add<T>(HostType type)
        where T : notnull
    {
        Identifier.Check(type.Name);
        InGate((Engine: this, Type: type), static state =>
        {
            state.Engine.RequireFree(state.Type.Name);
            (state.Engine._interpreter.HostTypes ??= new HostTypeTable()).Add(state.Type);
            return true;
        });
        HostObjects.Learn<T>();
        Globals.DefineConstant(type.Name, Value.FromObject(type));
    }

    private void RequireFree(string name)
    {
        if (_interpreter.Globals.ContainsKey(name))
        {
            throw new ArgumentException($"The engine has a global '{name}' already, so it can't have a type of this name.");
        }
    }
}
