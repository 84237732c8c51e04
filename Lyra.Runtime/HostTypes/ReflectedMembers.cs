using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Hosting;

namespace Lyra.Runtime.HostTypes;

/// <summary>Finds the members of a type by reflection, for types that the source generator can't see.</summary>
[RequiresUnreferencedCode("Reflection finds the members.")]
[RequiresDynamicCode("Delegates for the members are made at run time.")]
internal static class ReflectedMembers
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Dictionary<string, string> Operators = new()
    {
        ["op_Addition"] = "+",
        ["op_Subtraction"] = "-",
        ["op_Multiply"] = "*",
        ["op_Division"] = "/",
        ["op_Modulus"] = "%",
        ["op_BitwiseAnd"] = "&",
        ["op_BitwiseOr"] = "|",
        ["op_ExclusiveOr"] = "^",
        ["op_LeftShift"] = "<<",
        ["op_RightShift"] = ">>",
        ["op_Equality"] = "==",
        ["op_LessThan"] = "<",
        ["op_LessThanOrEqual"] = "<=",
        ["op_UnaryNegation"] = "neg",
    };

    /// <summary>
    /// Adds the members to a builder. They are found once for each type: a delegate that accesses a field takes the CLR longer to compile
    /// than an engine takes to start.
    /// </summary>
    public static void AddTo<T>(LyraTypeBuilder<T> builder, LyraMembers members)
        where T : notnull
    {
        ref Action<LyraTypeBuilder<T>>[]? known = ref members == LyraMembers.All ? ref Found<T>.All : ref Found<T>.Marked;
        foreach (Action<LyraTypeBuilder<T>> add in known ??= new Finder<T>(members == LyraMembers.All).FindAll())
        {
            add(builder);
        }
    }

    /// <summary>What adds the members that were found, one after the other; null before a type is defined for the first time.</summary>
    private static class Found<T>
        where T : notnull
    {
        public static Action<LyraTypeBuilder<T>>[]? All;
        public static Action<LyraTypeBuilder<T>>[]? Marked;
    }

    [RequiresUnreferencedCode("Reflection finds the members.")]
    [RequiresDynamicCode("Delegates for the members are made at run time.")]
    private sealed class Finder<T>(bool all)
        where T : notnull
    {
        private readonly BindingFlags _flags = all ? Public : Public | BindingFlags.NonPublic;
        private readonly List<Action<LyraTypeBuilder<T>>> _found = [];

        public Action<LyraTypeBuilder<T>>[] FindAll()
        {
            foreach (PropertyInfo property in typeof(T).GetProperties(_flags))
            {
                if (Named(property) is { } name)
                {
                    Add(property, name);
                }
            }

            foreach (FieldInfo field in typeof(T).GetFields(_flags))
            {
                if (Named(field) is { } name)
                {
                    Add(field, name);
                }
            }

            foreach (MethodInfo method in typeof(T).GetMethods(_flags))
            {
                Add(method);
            }

            foreach (EventInfo source in typeof(T).GetEvents(_flags))
            {
                if (Named(source) is { } name && source.AddMethod is { IsStatic: false })
                {
                    Add(source, name);
                }
            }

            foreach (ConstructorInfo constructor in typeof(T).IsAbstract ? [] : typeof(T).GetConstructors(_flags & ~BindingFlags.Static))
            {
                if (all || constructor.IsDefined(typeof(LyraConstructorAttribute), inherit: false))
                {
                    Delegate make = Compile(null, constructor.GetParameters(), (_, a) => Expression.New(constructor, a));
                    _found.Add(builder => builder.AddConstructor(make, constructor));
                }
            }

            return [.. _found];
        }

        /// <summary>The name that a member has in scripts; null when scripts can't use it.</summary>
        private string? Named(MemberInfo member)
        {
            LyraMemberAttribute? mark = member.GetCustomAttribute<LyraMemberAttribute>();
            return mark is null && !all ? null : mark?.Name ?? CamelCase.Of(member.Name);
        }

        private void Add(PropertyInfo property, string name)
        {
            ParameterInfo[] indices = property.GetIndexParameters();
            MethodInfo? get = Usable(property.GetMethod);
            MethodInfo? set = typeof(T).IsValueType || IsInit(property) || IsRestricted(property) ? null : Usable(property.SetMethod);
            if (indices.Length > 0)
            {
                Delegate? getter = get is null ? null : Compile(get);
                Delegate? setter = set is null ? null : Compile(set);
                _found.Add(builder => builder.AddIndexer(getter, setter));
            }
            else if (get is not null || set is not null)
            {
                bool isStatic = (get ?? set)!.IsStatic;
                Delegate? getter = get is null ? null : Compile(get);
                Delegate? setter = set is null || isStatic ? null : Compile(set);
                _found.Add(builder => builder.AddProperty(name, getter, setter, isStatic));
            }
        }

        private void Add(FieldInfo field, string name)
        {
            Delegate get = field.IsStatic
                ? Compile(null, [], (_, _) => Expression.Field(null, field))
                : Compile(typeof(T), [], (self, _) => Expression.Field(self, field));
            bool isReadOnly = field.IsStatic || field.IsInitOnly || field.IsLiteral || typeof(T).IsValueType;
            Delegate? set = isReadOnly ? null : Setter(field);
            _found.Add(builder => builder.AddProperty(name, get, set, field.IsStatic, field));
        }

        private static Delegate Setter(FieldInfo field)
        {
            ParameterExpression self = Expression.Parameter(typeof(T), "self");
            ParameterExpression value = Expression.Parameter(field.FieldType, "value");
            return Expression.Lambda(
                Expression.GetActionType(typeof(T), field.FieldType),
                Expression.Block(typeof(void), Expression.Assign(Expression.Field(self, field), value)),
                self,
                value).Compile();
        }

        private void Add(MethodInfo method)
        {
            if (Operators.TryGetValue(method.Name, out string? symbol) && method.IsSpecialName)
            {
                if ((all || method.IsDefined(typeof(LyraOperatorAttribute), inherit: false)) && HasDelegates(method))
                {
                    Delegate implementation = Compile(method);
                    _found.Add(builder => builder.Operator(symbol, implementation));
                }
            }
            else if (method is { Name: nameof(ToString), IsStatic: false } && method.GetParameters().Length == 0)
            {
                if (method.IsDefined(typeof(LyraMemberAttribute), inherit: true))
                {
                    Func<T, string> text = (Func<T, string>)Compile(method);
                    _found.Add(builder => builder.Text(text));
                }
            }
            else if (!method.IsSpecialName && IsCallable(method) && Named(method) is { } name)
            {
                Delegate call = Compile(method);
                _found.Add(builder => builder.AddMethod(name, call, method, method.IsStatic));
            }
        }

        /// <summary>Whether a method is the type's own, and a delegate can call it.</summary>
        private bool IsCallable(MethodInfo method) => !method.IsGenericMethodDefinition && HasDelegates(method)
            && method.GetBaseDefinition().DeclaringType != typeof(object)
            && (method.DeclaringType != typeof(ValueType) || !all)
            && !(all && method.Name.Contains('<', StringComparison.Ordinal));

        /// <summary>Whether a method has a body or an override, and no references or spans in its signature.</summary>
        private static bool HasDelegates(MethodInfo method) => !(method.IsStatic && method.IsAbstract)
            && !Array.Exists(method.GetParameters(), static p => p.ParameterType.IsByRef || p.ParameterType.IsByRefLike)
            && !method.ReturnType.IsByRef && !method.ReturnType.IsByRefLike;

        private void Add(EventInfo source, string name)
        {
            MethodInfo definition = typeof(LyraTypeBuilder<T>).GetMethod(nameof(LyraTypeBuilder<>.Event))!;
            object[] arguments = [name, Compile(source.AddMethod!), Compile(source.RemoveMethod!)];
            MethodInfo add = definition.MakeGenericMethod(source.EventHandlerType!);
            _found.Add(builder => add.Invoke(builder, arguments));
        }

        private MethodInfo? Usable(MethodInfo? accessor) =>
            accessor is not null && (accessor.IsPublic || !all) && HasDelegates(accessor) ? accessor : null;

        /// <summary>Whether users of the property can only read it, because its setter has a modifier of its own.</summary>
        private static bool IsRestricted(PropertyInfo property) => property is { GetMethod: { } get, SetMethod: { } set }
            && (get.Attributes & MethodAttributes.MemberAccessMask) != (set.Attributes & MethodAttributes.MemberAccessMask);

        private static bool IsInit(PropertyInfo property) => property.SetMethod is { } set
            && Array.IndexOf(set.ReturnParameter.GetRequiredCustomModifiers(), typeof(IsExternalInit)) >= 0;

        /// <summary>
        /// A delegate for the method itself, which compiled code can see. Only a method of a .NET struct, which gets its object by
        /// reference, needs one that calls it.
        /// </summary>
        private static Delegate Compile(MethodInfo method)
        {
            ParameterInfo[] parameters = method.GetParameters();
            if (typeof(T).IsValueType && !method.IsStatic)
            {
                return Compile(typeof(T), parameters, (self, a) => Expression.Call(self, method, a));
            }

            Type[] types = Array.ConvertAll(parameters, static p => p.ParameterType);
            return method.CreateDelegate(
                Expression.GetDelegateType(method.IsStatic ? [.. types, method.ReturnType] : [typeof(T), .. types, method.ReturnType]));
        }

        /// <summary>
        /// A delegate whose parameters are the object, unless <paramref name="receiver"/> is null, and then those of a member.
        /// </summary>
        private static Delegate Compile(
            Type? receiver, ParameterInfo[] parameters, Func<ParameterExpression?, IEnumerable<Expression>, Expression> body)
        {
            ParameterExpression? self = receiver is null ? null : Expression.Parameter(receiver, "self");
            ParameterExpression[] arguments = Array.ConvertAll(parameters, static p => Expression.Parameter(p.ParameterType, p.Name));
            Expression call = body(self, arguments);
            ParameterExpression[] all = self is null ? arguments : [self, .. arguments];
            Type shape = Expression.GetDelegateType([.. Array.ConvertAll(all, static p => p.Type), call.Type]);
            return Expression.Lambda(shape, call, all).Compile();
        }
    }
}
