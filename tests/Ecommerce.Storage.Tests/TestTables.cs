namespace Ecommerce.Storage.Tests;

/// <summary>
/// Between them every shape of key: with a sort key and without, text and
/// numbers, indexes that share attributes with the table's key.
/// </summary>
internal static class TestTables
{
    public static readonly IndexDefinition ByDue = new("by-due", KeyAttribute.Text("status"), KeyAttribute.Number("due"));
    public static readonly IndexDefinition ByOwner = new("by-owner", KeyAttribute.Text("owner"), KeyAttribute.Text("at"), Projection.Keys);
    public static readonly TableDefinition Things = new("Things", KeyAttribute.Text("id"), null, ByDue, ByOwner);

    public static readonly IndexDefinition ByRank = new("by-rank", KeyAttribute.Text("owner"), KeyAttribute.Number("rank"), Projection.Keys);
    public static readonly IndexDefinition ByKind = new("by-kind", KeyAttribute.Text("kind"), KeyAttribute.Text("at"));
    public static readonly TableDefinition Notes = new("Notes", KeyAttribute.Text("owner"), KeyAttribute.Text("at"), ByRank, ByKind) { TimeToLive = "lapsesAt" };

    public static readonly TableDefinition Lines = new("Lines", KeyAttribute.Number("order"), KeyAttribute.Number("line"));

    public static readonly IReadOnlyList<TableDefinition> All = [Things, Notes, Lines];
}
