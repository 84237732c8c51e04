using System;
using System.Threading;
using System.Threading.Tasks;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>Every call that can run takes a token right behind its own arguments, and common .NET values convert implicitly.</summary>
public sealed class TokenOverloadTests : IDisposable
{
    private static readonly CancellationToken Cancelled = new(canceled: true);

    private readonly LyraEngine _engine = new();

    public TokenOverloadTests() => _engine.Run("proc f() { while true { } }\nasync proc g() { while true { } }");

    [Fact]
    public void Calls_that_run_take_a_token()
    {
        LyraSession session = new(_engine);
        LyraValue f = _engine.Globals["f"];

        Should.Throw<LyraCanceledException>(() => _engine.Run("while true { }", Cancelled));
        Should.Throw<LyraCanceledException>(() => session.Run("while true { }", Cancelled));
        Should.Throw<LyraCanceledException>(() => _engine.Check("1", Cancelled));
        Should.Throw<LyraCanceledException>(() => _engine.Call("f", Cancelled));
        Should.Throw<LyraCanceledException>(() => _engine.Invoke(f, [], Cancelled));
        Should.Throw<LyraCanceledException>(() => f.Invoke([], Cancelled));
    }

    [Fact]
    public async Task Asynchronous_calls_take_a_token()
    {
        (await Record.ExceptionAsync(() => _engine.RunAsync("while true { }", Cancelled))).ShouldBeOfType<LyraCanceledException>();
        (await Record.ExceptionAsync(() => _engine.CallAsync("g", Cancelled))).ShouldBeOfType<LyraCanceledException>();
        (await Record.ExceptionAsync(() => _engine.CallAsync("g", [], Cancelled))).ShouldBeOfType<LyraCanceledException>();
    }

    [Fact]
    public void Common_values_convert_implicitly()
    {
        DateTime day = new(2026, 11, 27, 8, 30, 0, DateTimeKind.Utc);
        Guid id = new("6f9619ff-8b86-d011-b42d-00cf4fc964ff");

        _engine.Globals["price"] = 12.5m;
        _engine.Globals["day"] = day;
        _engine.Globals["moment"] = new DateTimeOffset(day);
        _engine.Globals["pause"] = TimeSpan.FromSeconds(1.5);
        _engine.Globals["id"] = id;

        _engine.Run("type(price) == \"decimal\" and price * 2 == 25").As<bool>().ShouldBeTrue();
        _engine.Run("day").As<DateTime>().ShouldBe(day);
        _engine.Run("moment").As<DateTimeOffset>().ShouldBe(new DateTimeOffset(day));
        _engine.Run("pause * 2").As<double>().ShouldBe(3);
        _engine.Run("id").As<Guid>().ShouldBe(id);
    }

    public void Dispose() => _engine.Dispose();
}
