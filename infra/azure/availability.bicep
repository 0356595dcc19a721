// Asks the service from outside whether it is ready, and tells the operators when it is not or when its certificate runs out.
param baseName string
param location string
param tags object
param url string
param workspaceId string
param operatorsId string

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${baseName}-insights'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspaceId
  }
}

resource ready 'Microsoft.Insights/webtests@2022-06-15' = {
  name: '${baseName}-ready'
  location: location
  tags: union(tags, { 'hidden-link:${insights.id}': 'Resource' })
  kind: 'standard'
  properties: {
    SyntheticMonitorId: '${baseName}-ready'
    Name: '${baseName} ready'
    Enabled: true
    Frequency: 300
    Timeout: 30
    Kind: 'standard'
    RetryEnabled: true
    // UK South, North Europe, West Europe. Source: Azure Monitor, "Location population tags" of availability tests.
    Locations: [
      { Id: 'emea-ru-msa-edge' }
      { Id: 'emea-gb-db3-azr' }
      { Id: 'emea-nl-ams-azr' }
    ]
    Request: {
      RequestUrl: url
      HttpVerb: 'GET'
      ParseDependentRequests: false
    }
    ValidationRules: {
      ExpectedHttpStatusCode: 200
      SSLCheck: true
      SSLCertRemainingLifetimeCheck: 14
    }
  }
}

resource notReady 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${baseName}-not-ready'
  location: 'global'
  tags: tags
  properties: {
    description: 'The service is not ready, or its certificate for HTTPS runs out within 14 days: docs/operations.md.'
    severity: 1
    enabled: true
    scopes: [ready.id, insights.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: ready.id
      componentId: insights.id
      failedLocationCount: 2
    }
    actions: [
      { actionGroupId: operatorsId }
    ]
  }
}

// No secret: it says where to send, and whoever has it can only add.
output connectionString string = insights.properties.ConnectionString
