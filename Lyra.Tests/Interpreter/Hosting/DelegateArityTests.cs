using System;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Expressions;
using System.Reflection;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>
/// Delegates with each number of parameters, which have code of their own: called by scripts, and made of procs. The parameters are ints
/// and strs in turn, so that none can take the place of its neighbour.
/// </summary>
public sealed class DelegateArityTests : IDisposable
{
    private readonly LyraEngine _engine = new();
    private readonly List<string> _noted = [];

    public static TheoryData<int> Counts => [.. Enumerable.Range(0, 9)];

    public void Dispose() => _engine.Dispose();

    [Theory]
    [MemberData(nameof(Counts))]
    public void A_script_calls_a_delegate_with_a_result(int count)
    {
        _engine.Define("f", Made(count, nameof(Joined)));

        _engine.Run($"f({Arguments(count)})").As<string>().ShouldBe(Expected(count));
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void A_script_calls_a_delegate_without_a_result(int count)
    {
        _engine.Define("f", Made(count, nameof(Note)));

        _engine.Run($"f({Arguments(count)})").IsNil.ShouldBeTrue();
        _noted.ShouldBe([Expected(count)]);
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void A_proc_becomes_a_delegate_with_a_result(int count)
    {
        Type type = Expression.GetFuncType([.. Types(count), typeof(string)]);

        Proc(type, $"({Names(count)}) => {Text(count)}").DynamicInvoke(Values(count)).ShouldBe(Expected(count));
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void A_proc_becomes_a_delegate_without_a_result(int count)
    {
        _engine.Define("note", _noted.Add);
        Type type = Expression.GetActionType(Types(count));

        Proc(type, $"({Names(count)}) => note({Text(count)})").DynamicInvoke(Values(count)).ShouldBeNull();
        _noted.ShouldBe([Expected(count)]);
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public async Task A_proc_becomes_a_delegate_that_returns_a_task(int count)
    {
        Type type = Expression.GetFuncType([.. Types(count), typeof(Task<string>)]);
        Delegate proc = Proc(type, $"async ({Names(count)}) => {{ await sleep(0); return {Text(count)} }}");

        (await (Task<string>)proc.DynamicInvoke(Values(count))!).ShouldBe(Expected(count));
    }

    private static Type[] Types(int count) => [.. Enumerable.Range(0, count).Select(static i => i % 2 == 0 ? typeof(int) : typeof(string))];

    private static object[] Values(int count) => [.. Enumerable.Range(0, count).Select(static i => i % 2 == 0 ? (object)i : $"s{i}")];

    private static string Expected(int count) => string.Join(',', Values(count));

    private static string Arguments(int count) => string.Join(", ", Values(count).Select(static v => v is string ? $"\"{v}\"" : $"{v}"));

    private static string Names(int count) => string.Join(", ", Enumerable.Range(0, count).Select(static i => $"a{i}"));

    /// <summary>The source of a str of all parameters.</summary>
    private static string Text(int count) =>
        $"\"{string.Join(',', Enumerable.Range(0, count).Select(static i => $"${{a{i}}}"))}\"";

    private static string Joined(object[] arguments) => string.Join(',', arguments);

    private void Note(object[] arguments) => _noted.Add(Joined(arguments));

    /// <summary>A delegate that passes its arguments to a method of this class.</summary>
    private Delegate Made(int count, string method)
    {
        ParameterExpression[] parameters = [.. Types(count).Select(static (type, i) => Expression.Parameter(type, $"a{i}"))];
        MethodInfo target = GetType().GetMethod(method, BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic)!;
        Expression arguments = Expression.NewArrayInit(
            typeof(object), parameters.Select(static p => Expression.Convert(p, typeof(object))));
        return Expression.Lambda(
            target.IsStatic ? Expression.Call(target, arguments) : Expression.Call(Expression.Constant(this), target, arguments),
            parameters).Compile();
    }

    private Delegate Proc(Type type, string source) =>
        (Delegate)typeof(LyraValue).GetMethod(nameof(LyraValue.As))!.MakeGenericMethod(type).Invoke(_engine.Run(source), null)!;
}
