using Lyra.Runtime.Errors;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Runtime.Library;

public sealed class MembersTests
{
    private readonly BareContext _context = new();

    [Theory]
    [InlineData("kind", "\"K\"")]
    [InlineData("message", "\"m\"")]
    [InlineData("line", "0")]
    [InlineData("column", "0")]
    [InlineData("file", "nil")]
    [InlineData("trace", "[]")]
    [InlineData("cause", "C: cause")]
    public void An_error_has_its_fields(string name, string expected)
    {
        ErrorObject error = new("K", "m") { Cause = new ErrorObject("C", "cause") };
        Property(error, name).ShouldBe(expected);
        Members.OfError.ShouldContain(name);
    }

    [Fact]
    public void A_task_reports_whether_it_is_done_and_its_result()
    {
        TaskObject task = new("t");
        Property(task, "done").ShouldBe("false");
        Property(task, "result").ShouldBe("nil");
        _context.Scheduler.Complete(task, Value.FromInt(5));
        Property(task, "done").ShouldBe("true");
        Property(task, "result").ShouldBe("5");
        Members.OfTask.ShouldBe(["done", "result"]);
    }

    [Fact]
    public void The_result_of_a_failed_task_is_its_error()
    {
        TaskObject failed = new("t");
        _context.Scheduler.Fail(failed, new ErrorObject("Bad", "m"));
        Should.Throw<ScriptErrorException>(() => Property(failed, "result")).Error.ErrorKind.ShouldBe("Bad");
        failed.IsObserved.ShouldBeTrue();
        TaskObject cancelled = new("t");
        _context.Scheduler.Cancel(cancelled);
        Should.Throw<ScriptErrorException>(() => Property(cancelled, "result")).Error.ErrorKind.ShouldBe(ErrorKinds.Cancelled);
    }

    [Theory]
    [InlineData("nope")]
    [InlineData("")]
    public void Other_names_are_no_properties(string name)
    {
        Members.TryGetProperty(_context, Value.FromObject(new ErrorObject("K", "m")), name, out _).ShouldBeFalse();
        Members.TryGetProperty(_context, Value.FromObject(new TaskObject("t")), name, out _).ShouldBeFalse();
        Members.TryGetProperty(_context, Value.FromInt(1), name, out _).ShouldBeFalse();
    }

    private string Property(ScriptObject receiver, string name)
    {
        Members.TryGetProperty(_context, Value.FromObject(receiver), name, out Value value).ShouldBeTrue();
        return Formatting.ToLiteral(_context, value);
    }
}
